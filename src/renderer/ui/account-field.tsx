import type { ComponentPropsWithRef, ReactNode } from 'react'
import { SelectField } from './field.tsx'

/** Which account something is about; with its server, since accounts of several may share a name. */
export function AccountField({ accounts, ...rest }: AccountFieldProps): ReactNode {
  return (
    <SelectField hint={null} {...rest}>
      {accounts.map(({ id, name, host }) => (
        <option key={id} value={id}>
          {`${name} · ${host}`}
        </option>
      ))}
    </SelectField>
  )
}

type AccountFieldProps = ComponentPropsWithRef<'select'> & {
  label: string
  accounts: readonly { readonly id: string; readonly name: string; readonly host: string }[]
}
