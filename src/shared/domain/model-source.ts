/**
 * The registry a model's name points to, `hf.co` of `hf.co/unsloth/Qwen3-8B-GGUF:Q4_K_M`. null: it names none, so it comes
 * from the default registry or was made on the spot. A first part is a host if it could be one: with a dot, a port, or
 * `localhost` (as Ollama reads names).
 */
export function registryOf(name: string): string | null {
  const [host, ...rest] = name.split('/')
  if (host === undefined || rest.length === 0) return null
  return /[.:]/.test(host) || host === 'localhost' ? host.toLowerCase() : null
}
