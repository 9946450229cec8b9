import ChevronRight from 'lucide-react/icons/chevron-right'
import { useState, type ReactNode } from 'react'
import type { Output, SignInField, SignInMethod, SignInPreset } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import { isWordKey, say } from '../../../shared/words/words.ts'
import { failureText } from '../../state/failure-text.ts'
import { useDesk } from '../../state/hooks.ts'
import { Segments } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { SystemMark } from '../../ui/system-mark.tsx'
import { SignInForm, wordsOf } from './sign-in-form.tsx'
import type { ProviderRow } from './use-providers.ts'

/**
 * From a place to somebody found there: where, then how, then whatever the server still wants to know. What was typed
 * and is no secret comes back with every step back.
 */
export function SignInSteps({ places, known: given, submitWord, onFound }: SignInStepsProps): ReactNode {
  const desk = useDesk()
  const only = places.length === 1 ? (places[0] ?? null) : null
  const [step, setStep] = useState<Step>(
    only === null ? { kind: 'place' } : { kind: 'fields', place: only, methodKey: null },
  )
  const [known, setKnown] = useState(given)
  const [dropped, setDropped] = useState<Failure | null>(null)

  async function probe(ask: Ask, values: Record<string, string>): Promise<Failure | null> {
    const { place, method, asked } = ask
    const fields = asked === null ? { ...place.preset?.fields, ...values } : values
    const answer = await desk.bridge.call('accounts.probe', {
      provider: place.provider.id,
      method: method.key,
      fields,
      probeId: asked?.probeId ?? null,
    })
    if (!answer.ok && answer.failure.code === 'probeExpired' && asked !== null) {
      setDropped(answer.failure)
      setStep({ kind: 'fields', place, methodKey: method.key })
      return null
    }
    if (!answer.ok) return answer.failure
    setDropped(null)
    if (asked === null) setKnown({ ...known, ...withoutSecrets(method.fields, values) })
    if (answer.value.kind === 'asks') setStep({ kind: 'asks', place, method, asked: answer.value })
    else onFound(answer.value)
    return null
  }

  switch (step.kind) {
    case 'place':
      return (
        <Places places={places} onPick={(place) => setStep({ kind: 'fields', place, methodKey: null })} />
      )
    case 'fields': {
      const method = methodOf(step)
      if (method === null) return null
      const { place } = step
      const filled = place.preset?.fields ?? {}
      return (
        <div className="account-steps">
          {dropped === null ? null : <Notice tone="warm">{failureText(dropped)}</Notice>}
          <PlaceLine place={place} />
          <Methods place={place} method={method} onPick={(methodKey) => setStep({ ...step, methodKey })} />
          <SignInForm
            key={`${place.provider.id} ${place.preset?.key ?? ''} ${method.key}`}
            fields={method.fields.filter((field) => filled[field.name] === undefined)}
            known={known}
            submitWord={submitWord}
            onSubmit={(values) => probe({ place, method, asked: null }, values)}
            onBack={only === null ? () => setStep({ kind: 'place' }) : null}
          />
        </div>
      )
    }
    case 'asks':
      return (
        <div className="account-steps">
          <p className="account-intro">{say('signIn.asks', { host: step.asked.host })}</p>
          <SignInForm
            key={step.asked.probeId}
            fields={step.asked.fields}
            known={{}}
            submitWord={submitWord}
            onSubmit={(values) => probe(step, values)}
            onBack={() => setStep({ kind: 'fields', place: step.place, methodKey: step.method.key })}
          />
        </div>
      )
  }
}

/** A provider at one of its known places, or anywhere. */
export interface Place {
  readonly provider: ProviderRow
  readonly preset: SignInPreset | null
}

export type Found = Extract<Output<'accounts.probe'>, { kind: 'found' }>
type Asked = Extract<Output<'accounts.probe'>, { kind: 'asks' }>

type Step =
  | { readonly kind: 'place' }
  | { readonly kind: 'fields'; readonly place: Place; readonly methodKey: string | null }
  | { readonly kind: 'asks'; readonly place: Place; readonly method: SignInMethod; readonly asked: Asked }

interface Ask {
  readonly place: Place
  readonly method: SignInMethod
  readonly asked: Asked | null
}

interface SignInStepsProps {
  places: readonly Place[]
  /** What can be filled in from the start. */
  known: Readonly<Record<string, string>>
  submitWord: 'signIn.next' | 'account.unlock'
  onFound: (found: Found) => void
}

/** Every known place of every provider; a provider that knows none is a place itself. */
export function placesOf(providers: readonly ProviderRow[]): readonly Place[] {
  return providers.flatMap((provider): Place[] =>
    provider.presets.length === 0
      ? [{ provider, preset: null }]
      : provider.presets.map((preset) => ({ provider, preset })),
  )
}

function Places({ places, onPick }: { places: readonly Place[]; onPick: (place: Place) => void }): ReactNode {
  const systems = [...new Set(places.map(({ provider }) => provider))]
  return (
    <div className="account-steps">
      <p className="account-intro">{say('signIn.where')}</p>
      {systems.map((provider) => (
        <section key={provider.id} className="system" aria-label={provider.label}>
          {systems.length < 2 ? null : (
            <header className="system-head">
              <h3 className="system-name">
                <SystemMark label={provider.label} labels={systems.map(({ label }) => label)} />
                <span dir="auto">{provider.label}</span>
              </h3>
              <About providerId={provider.id} />
            </header>
          )}
          <ul className="places">
            {places
              .filter((place) => place.provider === provider)
              .map((place) => (
                <li key={place.preset?.key ?? ''}>
                  <PlaceButton place={place} onPick={onPick} />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

/** One line on what a system is, where there are words for it. */
function About({ providerId }: { providerId: string }): ReactNode {
  const key = `signIn.about.${providerId}`
  return isWordKey(key) ? <p className="system-about">{say(key)}</p> : null
}

function PlaceButton({ place, onPick }: { place: Place; onPick: (place: Place) => void }): ReactNode {
  const hint = place.preset?.hint ?? null
  return (
    <button type="button" className="place" onClick={() => onPick(place)}>
      <span className="place-words">
        <span className="place-name">{placeName(place)}</span>
        {hint === null ? null : <span className="place-hint">{wordsOf(hint)}</span>}
      </span>
      <ChevronRight size={16} className="turns" aria-hidden="true" />
    </button>
  )
}

/** Which place was picked; an address that need not be asked is said. */
function PlaceLine({ place }: { place: Place }): ReactNode {
  const address = Object.values(place.preset?.fields ?? {})[0]
  return (
    <p className="account-intro">
      <strong>{placeName(place)}</strong>
      {address === undefined ? null : (
        <>
          {' · '}
          <bdi dir="ltr">{address.replace(/^https?:\/\//, '')}</bdi>
        </>
      )}
    </p>
  )
}

function placeName({ provider, preset }: Place): string {
  return preset === null ? provider.label : wordsOf(preset.label)
}

function Methods({
  place,
  method,
  onPick,
}: {
  place: Place
  method: SignInMethod
  onPick: (key: string) => void
}): ReactNode {
  const { methods } = place.provider
  return (
    <>
      {methods.length < 2 ? null : (
        <Segments
          label={say('signIn.method')}
          value={method.key}
          options={methods.map((each) => ({ value: each.key, label: wordsOf(each.label) }))}
          onPick={onPick}
        />
      )}
      {method.hint === null ? null : <p className="account-kept">{wordsOf(method.hint)}</p>}
    </>
  )
}

function methodOf(step: Extract<Step, { kind: 'fields' }>): SignInMethod | null {
  const { methods } = step.place.provider
  return methods.find((each) => each.key === step.methodKey) ?? methods[0] ?? null
}

function withoutSecrets(
  fields: readonly SignInField[],
  values: Record<string, string>,
): Record<string, string> {
  // What is given in lines are identifiers, which open as much as a token does.
  const secret: readonly SignInField['kind'][] = ['secret', 'code', 'lines']
  const open = fields.filter((field) => !secret.includes(field.kind))
  return Object.fromEntries(open.map((field) => [field.name, values[field.name] ?? '']))
}
