import { agoMs } from './plan.ts'
import { nextId, type AttributeDefinition, type MacroAction } from './office.ts'
import { named, type SettlingAccount } from './threads.ts'

/** What an account has besides conversations, written down by hand: people, teams and contacts by their short names. */
export interface ToolsPlan {
  readonly cannedReplies?: Readonly<Record<string, string>>
  readonly macros?: readonly MacroPlan[]
  /** Saved filters, by name: mine where nobody else is named. */
  readonly folders?: readonly FolderPlan[]
  readonly attributes?: readonly Omit<AttributeDefinition, 'id' | 'createdAt'>[]
  readonly requiredAttributes?: readonly string[]
  readonly contactNotes?: readonly { contact: string; by: string; ago: string; text: string }[]
  readonly contactLabels?: Readonly<Record<string, readonly string[]>>
  readonly contactAttributes?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

export interface MacroPlan {
  readonly name: string
  readonly by?: string
  /** Personal where it is not said. */
  readonly isForAll?: boolean
  /** By action name; `assign_agent` and `assign_team` take short names. */
  readonly actions: readonly (readonly [name: string, ...values: string[]])[]
}

export interface FolderPlan {
  readonly name: string
  readonly by?: string
  readonly filterType?: 'conversation' | 'contact'
  readonly conditions: readonly Readonly<Record<string, unknown>>[]
}

export function settleTools(settling: SettlingAccount, plan: ToolsPlan): void {
  const { world, account } = settling
  const setUpAt = world.clock.now() - 200 * 86_400_000
  for (const [shortCode, content] of Object.entries(plan.cannedReplies ?? {})) {
    const id = nextId(world.office)
    account.cannedReplies.push({ id, shortCode, content, createdAt: setUpAt, updatedAt: setUpAt })
  }
  for (const definition of plan.attributes ?? []) {
    account.attributeDefinitions.push({ ...definition, id: nextId(world.office), createdAt: setUpAt })
  }
  account.requiredAttributes.push(...(plan.requiredAttributes ?? []))
  for (const macro of plan.macros ?? []) addMacro(settling, macro)
  for (const folder of plan.folders ?? []) addFolder(settling, folder, setUpAt)
  fileContacts(settling, plan)
}

function addMacro(
  settling: SettlingAccount,
  { name, by = 'me', isForAll = false, actions }: MacroPlan,
): void {
  const { world, account, people } = settling
  const author = named(people, by).id
  account.macros.push({
    id: nextId(world.office),
    name,
    visibility: isForAll ? 'global' : 'personal',
    createdBy: author,
    updatedBy: author,
    actions: actions.map((action) => macroAction(settling, action)),
  })
}

function macroAction(
  { people, teams }: SettlingAccount,
  [name, ...values]: MacroPlan['actions'][number],
): MacroAction {
  if (name === 'assign_team') return { name, values: values.map((key) => named(teams, key)) }
  if (name !== 'assign_agent') return { name, values }
  return { name, values: values.map((key) => (key === 'self' ? key : named(people, key).id)) }
}

function addFolder(settling: SettlingAccount, plan: FolderPlan, at: number): void {
  const { world, account, people } = settling
  const { name, by = 'me', filterType = 'conversation', conditions } = plan
  account.folders.push({
    id: nextId(world.office),
    userId: named(people, by).id,
    name,
    filterType,
    query: { payload: conditions },
    createdAt: at,
    updatedAt: at,
  })
}

function fileContacts({ world, people, contacts }: SettlingAccount, plan: ToolsPlan): void {
  for (const { contact, by, ago, text } of plan.contactNotes ?? []) {
    const at = world.clock.now() - agoMs(ago)
    const userId = named(people, by).id
    const note = { id: nextId(world.office), userId, content: text, createdAt: at, updatedAt: at }
    named(contacts, contact).notes.push(note)
  }
  for (const [contact, labels] of Object.entries(plan.contactLabels ?? {})) {
    named(contacts, contact).labels = [...labels]
  }
  for (const [contact, attributes] of Object.entries(plan.contactAttributes ?? {})) {
    named(contacts, contact).customAttributes = { ...attributes }
  }
}
