import { crowHoneypot } from '../honeypots/crow.ts'
import { ginHoneypot } from '../honeypots/gin.ts'
import { pythonHoneypot } from '../honeypots/python.ts'
import { type LabHost, labHost } from '../host.ts'
import { dockerModelRunner } from '../others/docker-model-runner.ts'
import { koboldCpp } from '../others/koboldcpp.ts'
import { lemonade } from '../others/lemonade.ts'
import { llamaCpp } from '../others/llama-cpp.ts'
import { lmStudio } from '../others/lm-studio.ts'
import { localAi } from '../others/localai.ts'
import { openWebUi, sglang, vllm } from '../others/python-servers.ts'
import { other } from '../truth.ts'

const open = { access: 'open', accessApi: 'open', accessV1: 'open' } as const
const openOnV1 = { access: 'open', accessApi: 'unknown', accessV1: 'open' } as const

/** Other AI servers on Ollama's port, each also on the port its own documentation names. */
export const lookAlikes: readonly LabHost[] = [
  labHost(140, 'LM Studio', lmStudio(), other('lm-studio', null, openOnV1), [1234]),
  labHost(
    141,
    'llama.cpp, build of 2025 with Ollama routes',
    llamaCpp('2025'),
    other('llama.cpp', null, { ...open, cors: 'any', version: 'b6500-b8fc5e2c1' }),
    [8080],
  ),
  labHost(
    142,
    'llama.cpp, current build',
    llamaCpp('current'),
    other('llama.cpp', null, { ...openOnV1, cors: 'any', version: 'b9214-4f1d0a77e' }),
    [8080],
  ),
  labHost(143, 'LocalAI', localAi(), other('localai', null, open), [8080]),
  labHost(
    144,
    'KoboldCpp',
    koboldCpp(),
    other('koboldcpp', null, { ...open, cors: 'any', version: '1.98.1' }),
    [5001],
  ),
  labHost(145, 'Lemonade', lemonade(), other('lemonade', null, open), [13305]),
  labHost(146, 'Docker Model Runner', dockerModelRunner(), other('docker-model-runner', null, open), [12434]),
  labHost(147, 'SGLang', sglang(), other('sglang', null, { ...open, version: '0.5.6' }), [30000]),
  labHost(148, 'vLLM', vllm(), other('vllm', null, { ...openOnV1, version: '0.11.2' }), [8000]),
  labHost(
    149,
    'Open WebUI with an Ollama behind its login',
    openWebUi(),
    other('open-webui', null, {
      access: 'auth-required',
      accessApi: 'auth-required',
      accessV1: 'unknown',
      version: '0.6.36',
    }),
    [3000, 8080],
  ),
]

/** Things that want to be taken for an Ollama. */
export const honeypots: readonly LabHost[] = [
  labHost(180, 'Honeypot on gin, claims 0.13.0', ginHoneypot(), other('unknown', 'honeypot', open)),
  labHost(181, 'Honeypot on Python, claims 0.5.4', pythonHoneypot(), other('unknown', 'honeypot', open)),
  labHost(
    182,
    'Honeypot on Crow, claims 0.1.43',
    crowHoneypot(),
    other('unknown', 'honeypot', { access: 'open', accessApi: 'open', accessV1: 'unknown' }),
  ),
]
