/**
 * The licences of the organisation's models as a scanner can know them, by SPDX identifier; null: a text of somebody's own.
 * A second list beside the catalogue, on purpose, as in known-models.ts. A model that is not here carries no licence.
 */
const rows: Readonly<Record<string, readonly (string | null)[]>> = {
  'llama2:latest': ['LicenseRef-Llama-2-Community'],
  'codellama:7b': ['LicenseRef-Llama-2-Community'],
  'codellama:7b-code': ['LicenseRef-Llama-2-Community'],
  'llama3:8b': ['LicenseRef-Llama-3-Community'],
  'llama3.1:8b': ['LicenseRef-Llama-3.1-Community'],
  'llama3.2:3b': ['LicenseRef-Llama-3.2-Community'],
  'llama3.2:1b': ['LicenseRef-Llama-3.2-Community'],
  'llama3.3:70b': ['LicenseRef-Llama-3.3-Community'],
  'llama3.2-vision:11b': ['LicenseRef-Llama-3.2-Community'],
  'llava:7b': ['Apache-2.0'],
  'granite3.3:8b': ['Apache-2.0'],
  'mistral:latest': ['Apache-2.0'],
  'mistral:7b': ['Apache-2.0'],
  'mistral-small3.2:24b': ['Apache-2.0'],
  'devstral:24b': ['Apache-2.0'],
  'codestral:22b': ['LicenseRef-Mistral-Non-Production'],
  'phi3:mini': ['MIT'],
  'phi4:14b': ['MIT'],
  'gemma:7b': ['LicenseRef-Gemma'],
  'gemma2:9b': ['LicenseRef-Gemma'],
  'gemma3:1b': ['LicenseRef-Gemma'],
  'gemma3:4b': ['LicenseRef-Gemma'],
  'gemma3:27b': ['LicenseRef-Gemma'],
  'gemma4:e4b': ['Apache-2.0'],
  'qwen2.5:7b': ['Apache-2.0'],
  'qwen2.5-coder:7b': ['Apache-2.0'],
  'qwen2.5vl:7b': ['Apache-2.0'],
  'qwen3:4b': ['Apache-2.0'],
  'qwen3:8b': ['Apache-2.0'],
  'qwen3:32b': ['Apache-2.0'],
  'qwen3-coder:30b': ['Apache-2.0'],
  'deepseek-r1:1.5b': ['MIT'],
  'deepseek-r1:8b': ['MIT'],
  'deepseek-r1:14b': ['MIT'],
  'gpt-oss:20b': ['Apache-2.0'],
  'gpt-oss:120b': ['Apache-2.0'],
  'nomic-embed-text:latest': ['Apache-2.0'],
  'mxbai-embed-large:latest': ['Apache-2.0'],
  'bge-m3:latest': ['MIT'],
  'embeddinggemma:300m': ['LicenseRef-Gemma'],
  'qwen3-embedding:0.6b': ['Apache-2.0'],
  'sql-expert:latest': ['LicenseRef-Qwen-Research'],
  'hr-assistant:latest': ['Apache-2.0', null],
  'helpdesk:v2': ['LicenseRef-Llama-3.2-Community'],
  'freespeech/dolphin3:8b': ['LicenseRef-Llama-3.1-Community'],
  '10.1.2.3:5000/team/assistant:v3': [null],
  'world-model:preview': [null],
  'qwen3:8b-mlx': ['Apache-2.0'],
}

/**
 * What is known of a model of which a host was asked. Prompts to `local` names must not be asked for (facts, section 7): of
 * these nobody can know.
 */
export function knownLicences(name: string): readonly (string | null)[] {
  return name.endsWith(':local') ? [null] : (rows[name] ?? [])
}
