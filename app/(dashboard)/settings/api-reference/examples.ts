/** A request of a program, for examples. The key comes from the environment, so that it is not in a file. */
export type ExampleCall = { method: string; url: string; headers?: Readonly<Record<string, string>> }

export type Example = { language: string; code: string }

/** The same request with curl, TypeScript's fetch and Python's standard library. */
export function examplesOf(call: ExampleCall): Example[] {
  return [
    { language: 'curl', code: curl(call) },
    { language: 'TypeScript', code: typescript(call) },
    { language: 'Python', code: python(call) },
  ]
}

function curl({ method, url, headers = {} }: ExampleCall): string {
  const lines = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${shellText(url)}`,
    '-H "Authorization: Bearer $PATCHBAY_KEY"',
    ...Object.entries(headers).map(([name, value]) => `-H ${shellText(`${name}: ${value}`)}`),
  ]
  return lines.join(' \\\n  ')
}

function typescript({ method, url, headers = {} }: ExampleCall): string {
  const more = Object.entries(headers).map(
    ([name, value]) => `    ${scriptText(name)}: ${scriptText(value)},`,
  )
  return [
    `const answer = await fetch(${scriptText(url)}, {`,
    ...(method === 'GET' ? [] : [`  method: ${scriptText(method)},`]),
    '  headers: {',
    `    authorization: \`Bearer \${process.env.PATCHBAY_KEY}\`,`,
    ...more,
    '  },',
    '})',
    `if (!answer.ok) throw new Error(\`\${answer.status} \${await answer.text()}\`)`,
    'console.log(await answer.json())',
  ].join('\n')
}

function python({ method, url, headers = {} }: ExampleCall): string {
  const more = Object.entries(headers).map(
    ([name, value]) => `        ${jsonText(name)}: ${jsonText(value)},`,
  )
  return [
    'import json, os, urllib.request',
    '',
    'request = urllib.request.Request(',
    `    ${jsonText(url)},`,
    ...(method === 'GET' ? [] : [`    method=${jsonText(method)},`]),
    '    headers={',
    '        "Authorization": "Bearer " + os.environ["PATCHBAY_KEY"],',
    ...more,
    '    },',
    ')',
    'with urllib.request.urlopen(request) as answer:',
    '    print(json.load(answer))',
  ].join('\n')
}

/** In single quotes nothing is special to a shell but the quote itself. */
function shellText(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

function scriptText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

function jsonText(text: string): string {
  return JSON.stringify(text)
}
