import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface KeyPair {
  readonly key: string
  readonly cert: string
}

/** Throw-away certificates made with the machine's openssl: one authority, and leaves that are right or wrong in one way. */
export interface Certificates {
  readonly authority: string
  readonly good: KeyPair
  readonly expired: KeyPair
  readonly wrongHost: KeyPair
  readonly selfSigned: KeyPair
}

/** All of them are for `localhost`, but the one for the wrong host. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'tuntas-certificates-'))
  try {
    writeFileSync(join(folder, 'ca.cnf'), authorityConfig)
    writeFileSync(join(folder, 'index.txt'), '')
    const authority = selfSigned(folder, 'authority', '/O=Example Authority/CN=Example Root')
    return {
      authority: authority.cert,
      good: leaf(folder, 'good', 'localhost', ['-days', '2']),
      expired: leaf(folder, 'expired', 'localhost', [
        '-startdate',
        '20200101000000Z',
        '-enddate',
        '20200201000000Z',
      ]),
      wrongHost: leaf(folder, 'wrong-host', 'elsewhere.example.com', ['-days', '2']),
      selfSigned: selfSigned(folder, 'self-signed', '/CN=localhost'),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

const authorityConfig = `
[ca]
default_ca = house
[house]
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
unique_subject = no
policy = anything
[anything]
commonName = supplied
`

function selfSigned(folder: string, name: string, subject: string): KeyPair {
  const files = ['-keyout', `${name}.key`, '-out', `${name}.pem`]
  openssl(folder, ['req', '-x509', ...curve, ...files, '-days', '2', '-subj', subject])
  return pair(folder, name)
}

function leaf(folder: string, name: string, host: string, validity: string[]): KeyPair {
  writeFileSync(join(folder, `${name}.ext`), `subjectAltName=DNS:${host}`)
  openssl(folder, ['req', ...curve, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${host}`])
  const by = ['-cert', 'authority.pem', '-keyfile', 'authority.key', '-extfile', `${name}.ext`]
  const files = ['-in', `${name}.csr`, '-out', `${name}.pem`]
  openssl(folder, ['ca', '-batch', '-notext', '-config', 'ca.cnf', ...by, ...files, ...validity])
  return pair(folder, name)
}

function pair(folder: string, name: string): KeyPair {
  const read = (suffix: string) => readFileSync(join(folder, `${name}.${suffix}`), 'utf8')
  return { key: read('key'), cert: read('pem') }
}

function openssl(folder: string, args: string[]): void {
  execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
}
