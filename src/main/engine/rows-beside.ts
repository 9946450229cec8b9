import type { AgentRow, DirectoryRow, FileRow, TemplateRow } from '../../shared/contract/contract.ts'
import type { Agent, Directory } from '../../shared/domain/directory.ts'
import type { FileRef, Template } from '../../shared/domain/reply.ts'
import type { MediaId } from './rows.ts'

/** What stands beside the conversations, as the window gets it: pickers, people, templates, files. */
export function directoryRow(directory: Directory, media: MediaId): DirectoryRow {
  const { me, teams, labels, macros, canned, folders, filterable, attributes, unreadNotifications } =
    directory
  return {
    me: { ...me },
    agents: directory.agents.map((each) => agentRow(each, media)),
    teams: teams.map((each) => ({ ...each })),
    labels: labels.map((each) => ({ ...each })),
    macros: macros.map((each) => ({ ...each, steps: each.steps.map((step) => ({ ...step })) })),
    canned: canned.map((each) => ({ ...each })),
    folders: folders.map((each) => ({
      ...each,
      terms: each.terms.map((term) => ({ ...term, values: [...term.values] })),
    })),
    filterable: filterable.map((each) => ({
      ...each,
      operators: [...each.operators],
      choices: [...each.choices],
    })),
    inboxes: directory.inboxes.map(({ key, name }) => ({ key, name })),
    attributes: attributes.map((each) => ({ ...each, choices: [...each.choices] })),
    unreadNotifications,
  }
}

export function agentRow(agent: Agent, media: MediaId): AgentRow {
  const { key, name, email, availability, isMe } = agent
  return { key, name, email, avatar: media(agent.avatarUrl, name), availability, isMe }
}

export function templateRow(template: Template): TemplateRow {
  return { ...template, blanks: template.blanks.map((each) => ({ ...each })) }
}

export function fileRow({ id, name, contentType, sizeBytes }: FileRef): FileRow {
  return { id, name, contentType, sizeBytes }
}
