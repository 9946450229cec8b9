import { chromium, type Browser } from 'playwright-core'
import { findBrowser } from '../../scripts/prepare.mjs'

/**
 * A real Chromium of this machine with a fresh profile, driven by Playwright. Nothing is ever downloaded.
 * `npm test` prepares one; without it this throws and names the way out.
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser()
  if (executablePath === null)
    throw new Error('No Chrome, Chromium or Edge was found. Install one, or set CHROME_PATH.')
  return await chromium.launch({ executablePath, headless: true, args: [...quietArgs] })
}

/** No sandbox, so that it starts as root in a container; no traffic of its own, so that every request seen is the page's. */
const quietArgs = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
] as const
