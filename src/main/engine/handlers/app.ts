import type { ConversationId } from '../../../shared/domain/ids.ts'
import { accountRow } from '../accounts.ts'
import type { Core } from '../core.ts'
import type { Handlers } from '../dispatch.ts'
import { changeSettings } from '../settings.ts'

type Names = 'app.snapshot' | 'settings.change' | 'window.report' | 'inbox.refresh'

export function appHandlers(core: Core): Pick<Handlers, Names> {
  return {
    'app.snapshot': () => ({
      revision: core.hub.revision(),
      host: core.host,
      settings: core.settings(),
      accounts: [...core.desk.accounts.values()].map((each) =>
        accountRow(core.parts, each, core.mediaOf(each.record.id)),
      ),
      counts: core.publisher.counts(),
    }),
    'settings.change'(change) {
      const chosen = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      const settings = changeSettings(core.parts.store, chosen)
      core.settingsChanged()
      return settings
    },
    'window.report'({ visible, focused, conversationId }) {
      const isShown = visible && !core.looking.visible
      core.looking = { visible, focused, conversationId: conversationId as ConversationId | null }
      if (visible && focused) core.presence.used()
      if (isShown) core.desk.kickAll()
      return {}
    },
    async 'inbox.refresh'() {
      for (const id of [...core.desk.accounts.keys()]) {
        // As it is by now: a keychain may have kept its owner busy over the one before.
        const open = core.desk.accounts.get(id)
        // Unlocked keychains and lifted suspensions show only by trying.
        if (open?.syncing.kind === 'locked') await core.desk.start(open.record)
        else core.desk.sync(id)?.kick()
      }
      core.outbox.hurry()
      return {}
    },
  }
}
