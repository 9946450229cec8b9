import type { LucideIcon } from 'lucide-react'
import AtSign from 'lucide-react/icons/at-sign'
import Folder from 'lucide-react/icons/folder'
import ListFilter from 'lucide-react/icons/list-filter'
import MessageCircleQuestionMark from 'lucide-react/icons/message-circle-question-mark'
import Trash2 from 'lucide-react/icons/trash-2'
import Users from 'lucide-react/icons/users'
import type { ReactNode } from 'react'
import type { AccountRow, DirectoryRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { showDialog } from '../../state/acts.ts'
import { useDesk, useView } from '../../state/hooks.ts'
import { openFilter, showFolder } from '../../state/looking.ts'
import { IconButton } from '../../ui/button.tsx'
import { folderName } from './folder-name.ts'

/** The account's own lists, kept by its server: built-in ones, saved filters, and a new filter. */
export function SidebarFolders({ account, directory }: SidebarFoldersProps): ReactNode {
  const desk = useDesk()
  const isFiltered = useView(({ query }) => query.terms !== null && query.accountId === account.id)
  return (
    <ul className="sidebar-folders" aria-label={say('folders.label', { account: account.name })}>
      {(directory?.folders ?? []).map((folder) => (
        <li key={folder.key} className="sidebar-folder">
          <FolderLink account={account} folder={folder} />
        </li>
      ))}
      <li>
        <button
          type="button"
          className="sidebar-item"
          aria-current={isFiltered ? 'page' : undefined}
          onClick={() => openFilter(desk, account.id)}
        >
          <ListFilter size={15} aria-hidden="true" />
          <span className="sidebar-word cut">{say('folder.new')}</span>
        </button>
      </li>
    </ul>
  )
}

interface SidebarFoldersProps {
  account: AccountRow
  directory: DirectoryRow | null
}

const icons: Record<'mentions' | 'participating' | 'unattended', LucideIcon> = {
  mentions: AtSign,
  participating: Users,
  unattended: MessageCircleQuestionMark,
}

function FolderLink({ account, folder }: FolderLinkProps): ReactNode {
  const desk = useDesk()
  const isShown = useView(({ query }) => query.folder === folder.key && query.accountId === account.id)
  const Icon = folder.builtIn === null ? Folder : icons[folder.builtIn]
  const name = folderName(folder)
  return (
    <>
      <button
        type="button"
        className="sidebar-item"
        aria-current={isShown ? 'page' : undefined}
        onClick={() => showFolder(desk, account.id, folder.key)}
      >
        <Icon size={15} aria-hidden="true" />
        <span className="sidebar-word cut" dir="auto">
          {name}
        </span>
      </button>
      {folder.builtIn === null ? (
        <IconButton
          className="sidebar-folder-remove"
          label={say('folder.remove', { name })}
          tipAt="end"
          icon={<Trash2 size={14} />}
          onClick={() =>
            showDialog(desk, { kind: 'removeFolder', accountId: account.id, folderKey: folder.key, name })
          }
        />
      ) : null}
    </>
  )
}

interface FolderLinkProps {
  account: AccountRow
  folder: DirectoryRow['folders'][number]
}
