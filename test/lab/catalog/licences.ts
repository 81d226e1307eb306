import { apache } from './licence-apache.ts'

/** Licence texts as models carry them: complete where they are short or free, else their opening. */
export const licences = {
  apache,

  mit: `MIT License

Copyright (c) 2023 DeepSeek

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`,

  llama2: `LLAMA 2 COMMUNITY LICENSE AGREEMENT
Llama 2 Version Release Date: July 18, 2023

"Agreement" means the terms and conditions for use, reproduction, distribution and
modification of the Llama Materials set forth herein.

"Documentation" means the specifications, manuals and documentation
accompanying Llama 2 distributed by Meta at ai.meta.com/resources/models-and-
libraries/llama-downloads/.`,

  llama2Use: `Llama 2 Acceptable Use Policy

Meta is committed to promoting safe and fair use of its tools and features, including Llama 2. If you
access or use Llama 2, you agree to this Acceptable Use Policy ("Policy").`,

  llama3: `META LLAMA 3 COMMUNITY LICENSE AGREEMENT

Meta Llama 3 Version Release Date: April 18, 2024

"Agreement" means the terms and conditions for use, reproduction, distribution and modification of the Llama Materials set forth herein.

"Licensee" or "you" means you, or your employer or any other person or entity (if you are entering into this Agreement on such person or entity's behalf), of the age required under applicable laws, rules or regulations to provide legal consent.`,

  llama31: `LLAMA 3.1 COMMUNITY LICENSE AGREEMENT
Llama 3.1 Version Release Date: July 23, 2024

"Agreement" means the terms and conditions for use, reproduction, distribution and modification of the
Llama Materials set forth herein.

"Llama Materials" means, collectively, Meta's proprietary Llama 3.1 and Documentation (and any
portion thereof) made available under this Agreement.

By clicking "I Accept" below or by using or distributing any portion or element of the Llama Materials,
you agree to be bound by this Agreement.`,

  llama32: `LLAMA 3.2 COMMUNITY LICENSE AGREEMENT
Llama 3.2 Version Release Date: September 25, 2024

"Agreement" means the terms and conditions for use, reproduction, distribution
and modification of the Llama Materials set forth herein.

With respect to any multimodal models included in Llama 3.2, the rights granted under Section 1(a) of the
Llama 3.2 Community License Agreement are not being granted to you if you are an individual domiciled in,
or a company with a principal place of business in, the European Union.`,

  llama33: `LLAMA 3.3 COMMUNITY LICENSE AGREEMENT
Llama 3.3 Version Release Date: December 6, 2024

"Agreement" means the terms and conditions for use, reproduction, distribution and modification of the
Llama Materials set forth herein.`,

  gemma: `Gemma Terms of Use

Last modified: February 21, 2024

By using, reproducing, modifying, distributing, performing or displaying any portion or element of Gemma, Model Derivatives including via any Hosted Service, (each as defined below) (collectively, the "Gemma Services") or otherwise accepting the terms of this Agreement, you agree to be bound by this Agreement.`,

  mistralNonProduction: `# Mistral AI Non-Production License

## 1. Scope and acceptance

**1.1. Scope of the Agreement.**
This Agreement applies to any use, modification, or Distribution of any Mistral Model by You.`,

  qwenResearch: `Qwen RESEARCH LICENSE AGREEMENT

Qwen RESEARCH LICENSE AGREEMENT Release Date: September 19, 2024

By clicking to agree or by using or distributing any portion or element of the Qwen Materials, you accept this Agreement.

1. Definitions
    b. "We" (or "Us") shall mean Alibaba Cloud.
    i. "Non-Commercial" shall mean for research or evaluation purposes only.`,

  internal: `Internal use only. © Example & Partners AG <legal@example.invalid>`,
} as const

export type LicenceName = keyof typeof licences
