// Do Deepgram's own SDKs for JavaScript work against the sandbox, unchanged?
// By hand: npm install && npm run check

import assert from "node:assert/strict";
import { createReadStream, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import WebSocket from "ws";

// In Node the SDKs authenticate a WebSocket with a header. In a browser they can only do it with
// the subprotocol; with `--browser` they are made to believe that this is one.
const asBrowser = process.argv.includes("--browser");
if (asBrowser) {
  globalThis.WebSocket = WebSocket;
  globalThis.window = { document: {}, navigator: { userAgent: "check" }, WebSocket };
} else {
  delete globalThis.WebSocket;
}

const { DeepgramClient } = await import("@deepgram/sdk");
delete globalThis.window; // version 5 has looked; version 4 would refuse all but WebSockets
const { createClient } = await import("deepgram-sdk-4");

const baseUrl = process.env.DEEPGRAM_BASE_URL;
const socketUrl = baseUrl.replace(/^http/, "ws");
const apiKey = process.env.DEEPGRAM_API_KEY;
const remote = "https://dpgr.am/spacewalk.wav";
const model = "nova-3";
const secondsToWait = 5;

let failures = 0;

async function check(name, run) {
  try {
    await run();
    console.log(`ok      ${name}`);
  } catch (error) {
    failures += 1;
    console.log(`FAILED  ${name}: ${error?.stack ?? error}`);
  }
}

const versionOf = (name) =>
  JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url))).version;

const transcriptOf = (answer) => answer.results.channels[0].alternatives[0].transcript;

/** What `subscribe(resolve, reject)` resolves to, within bounds. */
const outcome = (subscribe) =>
  new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("nothing happened")), secondsToWait * 1000).unref();
    subscribe(resolve, reject);
  });

function waveFile() {
  const path = join(tmpdir(), `sandbox-check-${process.pid}.wav`);
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + 16000, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // channels
  header.writeUInt32LE(8000, 24); // samples a second
  header.writeUInt32LE(16000, 28); // bytes a second
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(16000, 40);
  writeFileSync(path, Buffer.concat([header, Buffer.alloc(16000)]));
  return path;
}

async function checkVersion5(file) {
  const name = `@deepgram/sdk ${versionOf("@deepgram/sdk")}`;
  const client = new DeepgramClient({ apiKey, baseUrl });
  let token;
  await check(`${name}: grant`, async () => {
    const granted = await client.auth.v1.tokens.grant({ ttl_seconds: 60 });
    assert.equal(granted.expires_in, 60);
    token = granted.access_token;
  });
  const credentials = {
    key: client,
    token: new DeepgramClient({ accessToken: token, baseUrl }),
  };
  for (const [kind, user] of Object.entries(credentials)) {
    await check(`${name}: listen to a URL with a ${kind}`, async () => {
      const answer = await user.listen.v1.media.transcribeUrl({ url: remote, model });
      assert.match(transcriptOf(answer), /spacewalk/);
    });
    await check(`${name}: listen to a file with a ${kind}`, async () => {
      const answer = await user.listen.v1.media.transcribeFile(createReadStream(file), { model });
      assert.equal(answer.metadata.duration, 1);
    });
    await check(`${name}: open the listen WebSocket with a ${kind}`, async () => {
      const socket = await user.listen.v1.connect({ model, reconnectAttempts: 0 });
      const metadata = outcome((resolve, reject) => {
        socket.on("message", resolve);
        socket.on("error", reject);
      });
      socket.connect();
      await socket.waitForOpen();
      socket.sendCloseStream({ type: "CloseStream" });
      assert.equal((await metadata).type, "Metadata");
      socket.close();
    });
    await check(`${name}: open the agent WebSocket with a ${kind}`, async () => {
      const socket = await user.agent.v1.connect({ reconnectAttempts: 0 });
      const welcome = outcome((resolve, reject) => {
        socket.on("message", resolve);
        socket.on("error", reject);
      });
      socket.connect();
      assert.equal((await welcome).type, "Welcome");
      socket.close();
    });
  }
  await check(`${name}: a token sent as a key is refused`, async () => {
    const confused = new DeepgramClient({ apiKey: token, baseUrl, maxRetries: 0 });
    await assert.rejects(confused.listen.v1.media.transcribeUrl({ url: remote, model }), {
      statusCode: 401,
    });
  });
}

async function checkVersion4(file) {
  const name = `@deepgram/sdk ${versionOf("deepgram-sdk-4")}`;
  const endpoints = {
    global: {
      fetch: { options: { url: baseUrl } },
      websocket: { options: { url: socketUrl } },
    },
    agent: { websocket: { options: { url: socketUrl } } },
  };
  const client = createClient({ key: apiKey, ...endpoints });
  let token;
  await check(`${name}: grant`, async () => {
    const { result, error } = await client.auth.grantToken({ ttl_seconds: 60 });
    assert.equal(error, null);
    assert.equal(result.expires_in, 60);
    token = result.access_token;
  });
  await check(`${name}: token details`, async () => {
    const { result } = await client.manage.getTokenDetails();
    assert.ok(result.scopes.includes("usage:write"));
  });
  await check(`${name}: projects`, async () => {
    const { result } = await client.manage.getProjects();
    assert.equal(result.projects.length, 1);
  });
  const credentials = {
    key: client,
    token: createClient({ accessToken: token, ...endpoints }),
  };
  for (const [kind, user] of Object.entries(credentials)) {
    await check(`${name}: listen to a URL with a ${kind}`, async () => {
      const { result, error } = await user.listen.prerecorded.transcribeUrl(
        { url: remote }, { model });
      assert.equal(error, null);
      assert.match(transcriptOf(result), /spacewalk/);
    });
    await check(`${name}: listen to a file with a ${kind}`, async () => {
      const { result, error } = await user.listen.prerecorded.transcribeFile(
        readFileSync(file), { model });
      assert.equal(error, null);
      assert.equal(result.metadata.duration, 1);
    });
    await check(`${name}: open the listen WebSocket with a ${kind}`, async () => {
      const socket = user.listen.live({ model });
      const metadata = outcome((resolve, reject) => {
        socket.on("open", () => socket.requestClose());
        socket.on("Metadata", resolve);
        socket.on("error", reject);
      });
      assert.equal((await metadata).duration, 0);
      socket.disconnect();
    });
    await check(`${name}: open the agent WebSocket with a ${kind}`, async () => {
      const socket = user.agent();
      const welcome = outcome((resolve, reject) => {
        socket.on("Welcome", resolve);
        socket.on("Error", reject);
      });
      assert.equal((await welcome).type, "Welcome");
      socket.disconnect();
    });
  }
}

const file = waveFile();
try {
  await checkVersion5(file);
  await checkVersion4(file);
} finally {
  rmSync(file);
}
process.exit(failures ? 1 : 0);
