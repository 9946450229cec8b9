import Copy from 'lucide-react/icons/copy'
import type { ReactNode } from 'react'
import type { MessageRow } from '../../../shared/contract/contract.ts'
import { say } from '../../../shared/words/words.ts'
import { useDesk } from '../../state/hooks.ts'
import { IconButton } from '../../ui/button.tsx'
import { copyText } from '../../state/copy-text.ts'
import './mail-addresses.css'

/** Every address of a mail, each to be copied. */
export function MailAddresses({ mail }: { mail: Mail }): ReactNode {
  const desk = useDesk()
  return (
    <dl className="mail-addresses">
      {parts.map((part) =>
        mail[part].length === 0 ? null : (
          <div key={part} className="mail-part">
            <dt>{say(`mailPart.${part}`)}</dt>
            {mail[part].map((address) => (
              <dd key={address}>
                <bdi dir="ltr">{address}</bdi>
                <IconButton
                  label={say('copy.what', { what: address })}
                  tipAt="end"
                  icon={<Copy size={14} />}
                  onClick={() => void copyText(desk, address)}
                />
              </dd>
            ))}
          </div>
        ),
      )}
    </dl>
  )
}

/** Who a mail went to and who reads along, in one line; the menu has all of it. */
export function MailLine({ mail, side }: { mail: Mail; side: MessageRow['side'] }): ReactNode {
  const shown = parts.filter((part) => mail[part].length > 0 && (side === 'them' || part !== 'from'))
  if (shown.length === 0) return null
  return (
    <p className="mail-to cut">
      {shown.map((part) => (
        <span key={part} className="mail-to-part">
          {say(`mailPart.${part}`)} <bdi dir="ltr">{mail[part].join(', ')}</bdi>
        </span>
      ))}
    </p>
  )
}

const parts = ['from', 'to', 'cc', 'bcc'] as const
type Mail = NonNullable<MessageRow['mail']>
