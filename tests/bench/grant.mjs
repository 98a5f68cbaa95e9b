// The same on Deepgram's SDK for JavaScript, version 5, found from the working directory.

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const sdk = createRequire(join(process.cwd(), "package.json")).resolve("@deepgram/sdk");
const { DeepgramClient } = await import(pathToFileURL(sdk));
const { DEEPGRAM_API_KEY: apiKey, DEEPGRAM_BASE_URL: baseUrl } = process.env;
const client = new DeepgramClient({ apiKey, baseUrl });
console.log((await client.auth.v1.tokens.grant({ ttl_seconds: 3600 })).access_token);
