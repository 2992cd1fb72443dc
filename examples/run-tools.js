// The examples in other languages, and how `run.js` finds their tools.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

const WORKFLOW = join(dirname(fileURLToPath(import.meta.url)), 'github-actions', 'test.yml')

/** The packages of Debian's Java libraries, laid out as a repository for Maven, which needs no network then. */
const MAVEN_REPOSITORY = '/usr/share/maven-repo'
const MAVEN_VERSIONS = {
  'gson.version': 'com/google/code/gson/gson',
  'junit.version': 'org/junit/jupiter/junit-jupiter',
  'compiler-plugin.version': 'org/apache/maven/plugins/maven-compiler-plugin',
  'resources-plugin.version': 'org/apache/maven/plugins/maven-resources-plugin',
  'surefire.version': 'org/apache/maven/surefire/surefire-junit-platform'
}

/** Python with the packages of the example: that of the PATH, or Debian's, whose packages come from apt. */
const PYTHONS = ['python3', '/usr/bin/python3']
const PYTHON_VERSIONS = `-c 'import pytest, requests, httpx; print("pytest", pytest.__version__)'`
const python = () => PYTHONS.find((program) => isDone(`${program} ${PYTHON_VERSIONS}`)) ?? 'python3'

/** Each probe prints the version of a tool; `needs` names them for a machine where one fails. */
export const LANGUAGE_EXAMPLES = [
  {
    name: 'curl-bash',
    probes: () => ['curl --version', 'jq --version'],
    needs: 'curl and jq',
    command: () => './test.sh'
  },
  {
    name: 'python-pytest',
    probes: () => [`${python()} ${PYTHON_VERSIONS}`],
    needs: 'Python with pytest, requests and httpx',
    command: () => `${python()} -m pytest`
  },
  { name: 'go', probes: () => ['go version'], needs: 'Go', command: () => 'go test -count=1' },
  {
    name: 'java-junit5',
    probes: () => ['java --version', 'mvn -version', ...Object.values(MAVEN_VERSIONS).map(listVersions)],
    needs: `a JDK, and Maven with JUnit 5, Surefire and Gson in ${MAVEN_REPOSITORY}`,
    command: () => `mvn --batch-mode --quiet --offline -Dmaven.repo.local=${MAVEN_REPOSITORY} ${mavenVersions()} test`
  },
  {
    name: 'php-phpunit',
    probes: () => ['phpunit --version', `php -r 'exit((int) !extension_loaded("curl"));'`],
    needs: 'PHP with curl, and PHPUnit',
    command: () => 'phpunit .'
  },
  {
    name: 'ruby-minitest',
    probes: () => ['ruby --version', `ruby -e 'require "minitest"'`],
    needs: 'Ruby with Minitest',
    command: () => 'ruby phone_numbers_test.rb'
  }
]

export const CONTAINER_EXAMPLES = [
  {
    name: 'compose',
    probes: () => ['docker compose version', 'docker info'],
    needs: 'Docker with Compose and a running engine',
    command: () => 'docker compose run --rm --build tests; status=$?; docker compose down; exit $status'
  },
  {
    name: 'testcontainers/node',
    probes: () => ['docker --version', 'docker info'],
    needs: 'Docker with a running engine',
    command: () => 'docker build -t oneuc-emulator ../../.. && npm install --no-package-lock && npm test'
  },
  {
    name: 'testcontainers/python',
    probes: () => [
      `${python()} -c 'import testcontainers, pytest; print("pytest", pytest.__version__)'`,
      'docker info'
    ],
    needs: 'Docker with a running engine, and Python with pytest and testcontainers',
    command: () => `docker build -t oneuc-emulator ../../.. && ${python()} -m pytest`
  }
]

/** The step of the workflow that can run anywhere. */
export const WORKFLOW_EXAMPLE = {
  name: 'github-actions',
  probes: () => ['curl --version'],
  needs: 'curl',
  command: () => {
    const { jobs } = parse(readFileSync(WORKFLOW, 'utf8'))
    const step = jobs.test.steps.find(({ name }) => name === 'Show the contract report')
    return `${step.run}\ncat "$GITHUB_STEP_SUMMARY"`
  }
}

/** What only runs elsewhere, and where. */
export const ELSEWHERE = {
  'testcontainers/java': 'a project with Testcontainers for Java',
  'gitlab-ci': 'a job at GitLab',
  kubernetes: 'a cluster, and the image in a registry'
}

/** Returns what the first probe prints up to the version, or undefined where one of them fails. */
export function versionOf(probes) {
  const commands = probes()
  if (!commands.every(isDone)) return undefined
  return (
    spawnSync(commands[0], { encoding: 'utf8', shell: true }).stdout.match(/^.*?\d+(?:\.\d+)+/)?.[0] ??
    'of unknown version'
  )
}

function isDone(command) {
  return spawnSync(command, { shell: true, stdio: 'ignore' }).status === 0
}

function listVersions(path) {
  return `ls ${join(MAVEN_REPOSITORY, path)}`
}

function mavenVersions() {
  return Object.entries(MAVEN_VERSIONS)
    .map(([property, path]) => `-D${property}=${newest(readdirSync(join(MAVEN_REPOSITORY, path)))}`)
    .join(' ')
}

/** Debian also has its own names for a version, such as `debian`. */
function newest(versions) {
  const numbered = versions.filter((version) => /^\d/.test(version))
  return numbered.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1)
}
