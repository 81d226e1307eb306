import { createNamespaceLab } from './namespace-lab.ts'

const lab = await createNamespaceLab()
const loss = Number(process.argv[2] ?? 0)
if (loss) lab.lose(loss)
console.log(lab.inside('x')[1][2])
setTimeout(
  () => {
    lab.close()
    process.exit()
  },
  Number(process.argv[3] ?? 600) * 1000,
)
process.on('SIGTERM', () => {
  lab.close()
  process.exit()
})
