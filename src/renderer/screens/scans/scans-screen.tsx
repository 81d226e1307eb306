export function ScansScreen() {
  return null
}
