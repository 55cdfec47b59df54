// The server under test: one that is already running (PROBITY_GROUND), or a demo of the program in PROBITY_BIN.

import { execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";

const PATIENCE_MS = 300_000;

/**
 * What the scripts need to know about the server: `url`, `sign_in_link`, `case_url`, `email`, `password`,
 * `totp_secret`, `setup_link`. PROBITY_GROUND holds the same as JSON for a server that runs elsewhere.
 */
export async function startServer() {
  if (process.env.PROBITY_GROUND) {
    return { ground: JSON.parse(process.env.PROBITY_GROUND), stop: async () => {} };
  }
  return startDemo(["--fast"]);
}

/** A demo of the program with these arguments, and what it says about itself. */
export async function startDemo(args) {
  const child = spawn(program(), ["demo", "--port", "0", "--machine", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const stop = () => ended(child);
  process.once("exit", () => child.kill());
  try {
    return { ground: await firstJsonLine(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The routes of the program: `[{method, path, sample}]`, where `sample` is an address that exists in a demo. */
export function routes() {
  return JSON.parse(execFileSync(program(), ["routes", "--json"], { encoding: "utf8", maxBuffer: 1 << 24 }));
}

function program() {
  if (!process.env.PROBITY_BIN) {
    throw new Error("PROBITY_BIN does not name the program; `cargo xtask test` sets it");
  }
  return process.env.PROBITY_BIN;
}

function firstJsonLine(child) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the demo was not ready after ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
    const lines = createInterface({ input: child.stdout });
    lines.on("line", (line) => {
      if (line.startsWith("{")) {
        clearTimeout(late);
        resolve(JSON.parse(line));
      }
    });
    child.once("error", reject);
    child.once("exit", (code) => {
      clearTimeout(late);
      reject(new Error(`the demo ended (${code}) before it was ready`));
    });
  });
}

function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    child.once("exit", resolve);
    child.kill("SIGTERM");
  });
}
