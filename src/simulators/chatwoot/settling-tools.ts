import { nextId, type MacroAction } from './office.ts'
import { agoMs } from './plan.ts'
import { named, type SettlingAccount } from './threads.ts'
import type { ToolsPlan, MacroPlan, FolderPlan } from './tools-plan.ts'

/** Brings the planned tools of an account into the world, as if they had been set up long ago. */
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
