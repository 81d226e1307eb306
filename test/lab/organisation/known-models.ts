import type { Model } from '#shared/domain/model.ts'

/**
 * The models of the organisation as a scanner knows them: digest, family, parameter size, quantization, size. A second list
 * beside the catalogue, on purpose: the truth must not be computed by what serves the bytes. `null` stands for what Ollama
 * leaves empty or calls unknown.
 */
type Row = readonly [
  digest: string,
  family: string | null,
  parameterSize: string | null,
  quantization: string | null,
  sizeBytes: number,
]

// biome-ignore format: one model a line can be read as a table
const rows: Readonly<Record<string, Row>> = {
  'llama2:latest': ['b84babdb4d0208a6cdcd949160ad4378e8dfab7921d8e4ff9246cc1ab6b38fe4', 'llama', '7B', 'Q4_0', 3826793677],
  'codellama:7b': ['1be99ded257e9cdd26bf129515e56270c856fb99d2ccf17f0680d9f781bb0aad', 'llama', '7B', 'Q4_0', 3825910662],
  'codellama:7b-code': ['9e5b2c8d9248d92e55fe7c78032fef4fcfa05765bb6d262759a31ac34d5133fc', 'llama', '7B', 'Q4_0', 3825898516],
  'llama3:8b': ['c57ea2010ca4b2d93fd39af1772d4333722f21bc8d3cb22b748ae3d7cef2f588', 'llama', '8.0B', 'Q4_0', 4661224676],
  'llama3.1:8b': ['2fd0398a97681155514d75fce7fd1c3b6b4745142b6c5c4eb05f41b6b9a3af98', 'llama', '8.0B', 'Q4_K_M', 4920753328],
  'llama3.2:3b': ['8d42e1616fe52c037915c5450eacd8abee65eec9f4abea4c65e7a1890553da41', 'llama', '3.2B', 'Q4_K_M', 2019393189],
  'llama3.2:1b': ['7e4cfb27e73dadf986740b5568181b8a23095fbe29c4db91b486738eda1c80d6', 'llama', '1.2B', 'Q8_0', 1321098329],
  'llama3.3:70b': ['9c30fd257f65e3cd9b68583af407bccb3d1622c1ce0fedf6f198efe59967cc98', 'llama', '70.6B', 'Q4_K_M', 42520413916],
  'llama3.2-vision:11b': ['3556b5286949314fe6532513df83fb0698f865a7dedc56665a702dd1ff378874', 'mllama', '10.7B', 'Q4_K_M', 7816589186],
  'llava:7b': ['1a56143e938db83cb49708f6038f3e3e4fd7fcff2725dc271ce79188b43752fe', 'llama', '7B', 'Q4_0', 4733363377],
  'granite3.3:8b': ['6370a25e165625ae38ebf6c2a0fa458a975c0c7f6fcc7efe973a1fc2cb052e03', 'granite', '8.2B', 'Q4_K_M', 4942891653],
  'mistral:latest': ['b0b9200e420ab475ec84dd3bcf7ae79b86ad2c73d58f33c9e6d198c9292def52', 'llama', '7B', 'Q4_0', 4109865159],
  'mistral:7b': ['ac788b995c09fed1f2089e02586bd4f4f4e9371f59be9589d563ad6854857489', 'llama', '7.2B', 'Q4_K_M', 4372824384],
  'mistral-small3.2:24b': ['6ecc68d53e519fc49d15daffba68b7a479b6322b2d2cfeebec6aab89f51cbe52', 'mistral3', '24.0B', 'Q4_K_M', 15177384862],
  'devstral:24b': ['00a5f65c4963b5790b2382de58201086c270db262aac8c64eaa5290c710380c5', 'llama', '23.6B', 'Q4_K_M', 14333927918],
  'codestral:22b': ['eabcf2d4bc7e9cf887236846626647745baaeca87ccda926d63845d47dcd7e77', 'llama', '22.2B', 'Q4_0', 12569170041],
  'phi3:mini': ['a652839973d28fa1f1f86c514ae6d7072bc7156527943c57b24b47706182fca4', 'phi3', '3.8B', 'Q4_0', 2176178913],
  'phi4:14b': ['cac2d397364d81dd1080472154b4632f2bdd95ee9e346da5e53d20b183626f6f', 'phi3', '14.7B', 'Q4_K_M', 9053116391],
  'gemma:7b': ['eff7df26d2ef4da8a1a417ee736c8541844dfd32749fc4f6f10d708055e28798', 'gemma', '9B', 'Q4_0', 5011853225],
  'gemma2:9b': ['c9c4bae86e32b111e225bd50299e79c10708590eb1003a450cc38f7d9e48e230', 'gemma2', '9.2B', 'Q4_0', 5443152417],
  'gemma3:1b': ['92af70e68a299ad286ca0dfa2c31f0bad0f8864feacd1630af692ac32dbe401a', 'gemma3', '999.89M', 'Q4_K_M', 815319791],
  'gemma3:4b': ['51fbd28f4e4a83930c95fecbd6098c2dcae7607596631cff9427c830430dfa9a', 'gemma3', '4.3B', 'Q4_K_M', 3338801804],
  'gemma3:27b': ['5a20f679fedfa753a38c2cfe17dffe91ffc33358011048c9bacdd279ebd70b8f', 'gemma3', '27.4B', 'Q4_K_M', 17396936941],
  'gemma4:e4b': ['57f63b45ed60ec8a14552e11ed68c01ed3c3b8586a5950c1a37d8665f2aeb2ef', 'gemma4', '8.0B', 'Q4_K_M', 9608338848],
  'qwen2.5:7b': ['c569ddf1385d285b0cb41323bebba08bd293e1bc3b149bb2ed1a5e3378fc056d', 'qwen2', '7.6B', 'Q4_K_M', 4683087332],
  'qwen2.5-coder:7b': ['dcb8a9af1e6df24bb257d4e737fb09a8da0c5c8fbcd8e8f24388d8cc1c16dfad', 'qwen2', '7.6B', 'Q4_K_M', 4683087561],
  'qwen2.5vl:7b': ['73f92d04e649f9278b09ffe55db634d316be892039c9adabc421a91d43c250ef', 'qwen25vl', '8.3B', 'Q4_K_M', 5969245856],
  'qwen3:4b': ['658c4c30b26cff2a2a57bc2d89d4a4ee56e2622434c01f10929a3d1a812bafee', 'qwen3', '4.0B', 'Q4_K_M', 2620788260],
  'qwen3:8b': ['bd21cdd0708d7f05004dffdf84dff848e16ce44ec0a26ce3cf996b8ecbedf7da', 'qwen3', '8.2B', 'Q4_K_M', 5225388164],
  'qwen3:32b': ['ec64fff065102bf0a15c1d1d6376c7ab2c04296f14a1f0d176287498651fa9af', 'qwen3', '32.8B', 'Q4_K_M', 20201253588],
  'qwen3-coder:30b': ['42f0bf6c2b77ea16b98f645d497cb01762ea741e4b29cab4c6473c26e50ed192', 'qwen3moe', '30.5B', 'Q4_K_M', 18556699314],
  'deepseek-r1:1.5b': ['2b9af08497475fa2d9948c22e064aa8d475cbfab56284f6bfbe07ce8a937f5cb', 'qwen2', '1.8B', 'Q4_K_M', 1117322599],
  'deepseek-r1:8b': ['5f35b906ea7ae1332fb00dff4ed69a3bc31fd652c7a44462471092f110f44241', 'llama', '8.0B', 'Q4_K_M', 4920738407],
  'deepseek-r1:14b': ['b3649383c5aac685963a53206f811cd7e87a9d43626a95176e88d324fa28cea5', 'qwen2', '14.8B', 'Q4_K_M', 8988112209],
  'gpt-oss:20b': ['34cfb5fbe772b7215c6b8569471c89943d2c878c1c37999bffb0bfc389ea23c0', 'gptoss', '20.9B', 'MXFP4', 13793441244],
  'gpt-oss:120b': ['a01515dde825362377b491005603be5a0b241fed7c14dcb49bde704c321cb610', 'gptoss', '116.8B', 'MXFP4', 65369818941],
  'nomic-embed-text:latest': ['754b4c23a323f5c323f3698a3e3118c886a2d82a9f4cab696d80e1692c258665', 'nomic-bert', '137M', 'F16', 274302450],
  'mxbai-embed-large:latest': ['b5e81f07f9d43b87d703f52b69ef1ca8b98e611f63510855c39dfe77d1cc22d7', 'bert', '334M', 'F16', 669615493],
  'bge-m3:latest': ['e80a60030503cb7bc547ec033cd26ebe4025313803358dfa17c379567ca925b8', 'bert', '566.70M', 'F16', 1157672605],
  'embeddinggemma:300m': ['7378f8082d1340f8721974fde27a7f7ee52ddc520fa2049a52971b147ff50679', 'gemma3', '307.58M', 'BF16', 621875917],
  'qwen3-embedding:0.6b': ['47c80aacac60aaa57adabf19b1f02ab913f8a2c7fd0951c44bf5a0d6929bebf7', 'qwen3', '595.78M', 'Q8_0', 639153184],
  'hr-assistant:latest': ['2f0a2557d58641405a1f1129a92d2855ed5d930be22108f980215418f8de50be', 'qwen3', '8.2B', 'Q4_K_M', 5225389021],
  'helpdesk:v2': ['29b56dd22bf4ff92d61d0d80dd47c50acf1a045c22c242bada185d8bb54cc5fc', 'llama', '3.2B', 'Q4_K_M', 2019393602],
  'freespeech/dolphin3:8b': ['9ab2edd7267073f21418bf5cce4a730c31e2bd3a0697aa8f5cc3fa90399e038c', 'llama', '8.0B', 'Q4_K_M', 4920737992],
  'hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M': ['adf77181c8c7583e63a7da3183bb8882787d008249a58f9b1f08b5067cdf75d3', 'llama', '3.21B', null, 2019377696],
  'hf.co/unsloth/Qwen3-8B-GGUF:UD-Q4_K_XL': ['329b6dac75488d7cd8b6b8c920c561d9ba5638861b153467418ade8cf389d4e5', 'qwen3', '8.19B', null, 5136251680],
  '10.1.2.3:5000/team/assistant:v3': ['f4fbbf102f7a8cfff77d00c498247f7a4a5255f01b4206ff74165d0daf9e6bf9', 'llama', '23.6B', 'Q4_K_M', 14333928507],
  'world-model:preview': ['ff512cd07431aaf6b68d10a352d14168c2e23a02b2be995351cb8713eb3c500c', 'worldmodel', '7.3B', 'NVFP4', 7330881024],
  'qwen3:8b-mlx': ['4f7cad413c7d8b0bec56e050385ae277fa2037f8f25545f93cd4688c08136a1a', 'qwen3', '8.2B', 'NVFP4', 4607221104],
  'sql-expert:latest': ['253cb396845e1b4ab2cf73b80e7ef02283947d564393f3e4a73deb40f83405fb', 'qwen2', '7.6B', 'Q4_K_M', 4683087911],
  'translate:local': ['e64796646e97c997223e62899e8cefd5e15d68e95dedcc3a55ba59811e8a4f87', 'gemma3', '4.3B', 'Q4_K_M', 3338801999],
  'hf.co/Qwen/Qwen3-Embedding-0.6B-GGUF:Q8_0': ['43d95b246f5efc9cad3b4e842eb1809336dec7a6b19aaa1e7231e4643e5eb983', 'qwen3', '595.78M', null, 639150592],
  'gpt-oss:120b-cloud': ['bd1f89d278dec4053650c388fc54e63c552d5324eaf4883bdcc21fcb88b567de', 'gptoss', '116.8B', 'MXFP4', 384],
  'deepseek-v3.1:671b-cloud': ['c4d081802afcc6371bf252238e1b6acce64892aec73a002d56982beafe06e74b', 'deepseek2', '671.0B', 'FP8_E4M3', 405],
  'glm-4.6:cloud': ['9e2f3c4e11e4364b996b1a7539accf0a901485ec4b0b5e7b7be2f0d795903909', 'glm4moe', '355.0B', 'FP8_E4M3', 366],
  'team-assistant:latest': ['30c639897c16eceab5cf22caf4dac9842f6b885638fbd1a003931c2237f8077a', 'qwen3moe', '480.2B', 'BF16', 391],
  'shared-llama:latest': ['0aa590db581ed60369c26e4227a338b62c9002bc62c110b008768e6b159efe4b', 'llama', '70.6B', 'Q4_K_M', 322],
  'overflow:latest': ['39bf1ea4a72366fc88928ba4d60f22cc10dda64c667df11de124ef7af6fe88cb', null, null, null, 194],
}

/** Chat only, chat with tools, and so on: what a model declares, spelled once. */
export const chat = ['completion']
export const chatTools = ['completion', 'tools']
export const chatToolsThinking = ['completion', 'tools', 'thinking']
export const chatVision = ['completion', 'vision']
export const embedding = ['embedding']

/** A model as known from the list and the details of its host. */
export function known(
  name: string,
  capabilities: readonly string[] | null,
  differs: Partial<Model> = {},
): Model {
  const [digest, family, parameterSize, quantization, sizeBytes] = rowOf(name)
  const own = capabilities === null ? null : [...capabilities]
  return {
    name,
    digest,
    family,
    parameterSize,
    quantization,
    sizeBytes,
    capabilities: own,
    remoteHost: null,
    ...differs,
  }
}

/** A model on a release before 0.1.15, whose list has name, digest and size only. */
export function knownEarly(name: string, capabilities: readonly string[]): Model {
  return known(name, capabilities, { family: null, parameterSize: null, quantization: null })
}

/** A stub: where its prompts go, and its capabilities only if the list declares them, for details must not be asked. */
export function knownRemote(name: string, remoteHost: string, capabilities: readonly string[] | null): Model {
  return known(name, capabilities, { remoteHost })
}

function rowOf(name: string): Row {
  const row = rows[name]
  if (row === undefined) throw new Error(`no model ${name} is known`)
  return row
}
