import axe from 'axe-core'
import type { Page } from 'playwright-core'

/**
 * What axe finds wrong with the page as it stands, one line a place. Handed to the page by the debugger, which its
 * policy does not apply to; the policy itself stays as it is.
 */
export async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(`if (window.axe === undefined) { ${axe.source} }; undefined`)
  const found = await page.evaluate(async () => {
    const { axe: inPage } = window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }
    const { violations } = await inPage.run()
    return violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ target, failureSummary }) => ({ target, failureSummary })),
    }))
  })
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} - ${node.failureSummary ?? ''}`),
  )
}

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[]
}
