import type { Route, SimulatorAnswer } from '../router.ts'
import { accountRoute, listOf, notFound, pageOf, wrapped, type Inside } from './account-route.ts'
import { TurnedDown, emptyOk, json, refusals } from './answers.ts'
import { noteAction } from './conversation-route.ts'
import type { Exchange } from './exchange.ts'
import { macroActionNames, runMacro } from './macros.ts'
import { nextId, type Macro, type MacroAction } from './office.ts'
import { agentShape } from './people-shapes.ts'
import { isObject, presentText, type JsonObject } from './request-body.ts'
import { userOf } from './world.ts'

/** Macros (docs/providers/chatwoot.md §1.2): those for everybody and one's own; run later, with no word of how it went. */
export const macroRoutes: readonly Route<Exchange>[] = [
  accountRoute('GET', 'macros', (inside) => {
    const { account, user, query } = inside
    const seen = account.macros.filter((macro) => isVisible(macro, user.id))
    const shown = query.has('page') ? pageOf(seen, query.get('page'), macrosPerPage) : seen
    return json({ payload: shown.map((macro) => macroShape(inside, macro)) })
  }),
  accountRoute('POST', 'macros', create),
  accountRoute('GET', 'macros/:macro', (inside) => answered(inside, macroNamed(inside))),
  accountRoute('PATCH', 'macros/:macro', (inside) => {
    const macro = changeable(inside)
    fill(inside, macro)
    return answered(inside, macro)
  }),
  accountRoute('DELETE', 'macros/:macro', (inside) => {
    const { macros } = inside.account
    macros.splice(macros.indexOf(changeable(inside)), 1)
    return emptyOk()
  }),
  accountRoute('POST', 'macros/:macro/execute', execute),
]

const macrosPerPage = 25
/** As long as a worker may take to come to it. */
const workerDelayMs = 700

/** Ids are looked up in the account alone: whether the conversation is one's own is not asked. */
function execute(inside: Inside): SimulatorAnswer {
  const { world, account, user, params } = inside
  const macro = macroNamed(inside)
  const ids = listOf(params['conversation_ids']).map(Number)
  world.agenda.after(workerDelayMs, () => {
    for (const id of ids) {
      const conversation = account.conversations.get(id)
      if (conversation === undefined) continue
      const place = { world, account, conversation }
      runMacro(place, macro, { kind: 'user', id: user.id })
      noteAction(place, 'macro', macro.name)
    }
  })
  return emptyOk()
}

function create(inside: Inside): SimulatorAnswer {
  const { world, account, user } = inside
  const macro: Macro = {
    id: nextId(world.office),
    name: '',
    visibility: 'personal',
    createdBy: user.id,
    updatedBy: user.id,
    actions: [],
  }
  fill(inside, macro)
  account.macros.push(macro)
  return answered(inside, macro)
}

/** An agent's macro is personal, whatever was asked. */
function fill({ member, user, params }: Inside, macro: Macro): void {
  const given = wrapped(params, 'macro', ['name', 'visibility', 'actions'])
  const actions = 'actions' in given ? listOf(given['actions']).flatMap(actionGiven) : macro.actions
  const unknown = actions.filter(({ name }) => !macroActionNames.some((known) => known === name))
  if (unknown.length > 0) {
    const names = unknown.map(({ name }) => name).join(',')
    const error = { actions: [`Macro execution actions ${names} not supported.`] }
    throw new TurnedDown(json({ error }, 422))
  }
  macro.name = presentText(given['name']) ?? macro.name
  const isGlobal = given['visibility'] === 'global' && member.role === 'administrator'
  if ('visibility' in given) macro.visibility = isGlobal ? 'global' : 'personal'
  macro.actions = actions
  macro.updatedBy = user.id
}

function actionGiven(value: unknown): MacroAction[] {
  if (!isObject(value)) return []
  return [{ name: presentText(value['action_name']) ?? '', values: listOf(paramsOfAction(value)) }]
}

function paramsOfAction(action: JsonObject): unknown {
  return action['action_params']
}

function macroNamed({ account, user, path }: Inside): Macro {
  const macro = account.macros.find(({ id }) => id === Number(path['macro']))
  if (macro === undefined) throw notFound()
  if (!isVisible(macro, user.id)) throw new TurnedDown(refusals.denied())
  return macro
}

/** One's own always; one for everybody by administrators alone. */
function changeable(inside: Inside): Macro {
  const macro = macroNamed(inside)
  const isOwn = macro.createdBy === inside.user.id
  if (!isOwn && inside.member.role !== 'administrator') throw new TurnedDown(refusals.denied())
  return macro
}

function isVisible(macro: Macro, userId: number): boolean {
  return macro.visibility === 'global' || macro.createdBy === userId
}

function answered(inside: Inside, macro: Macro): SimulatorAnswer {
  return json({ payload: macroShape(inside, macro) })
}

function macroShape({ world, account }: Inside, macro: Macro): object {
  return {
    id: macro.id,
    name: macro.name,
    visibility: macro.visibility,
    created_by: agentShape(world, account, userOf(world, macro.createdBy)),
    updated_by: agentShape(world, account, userOf(world, macro.updatedBy)),
    account_id: account.id,
    actions: macro.actions.map(({ name, values }) => ({ action_name: name, action_params: values })),
  }
}
