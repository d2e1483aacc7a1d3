import { type Command, type Option, Argument } from 'commander';
import { z } from 'zod';

/** A command and all below it, by the words that lead to it. */
interface Node {
  readonly words: string;
  readonly commands: ReadonlyArray<Command>;
  readonly options: ReadonlyArray<Option>;
}

const namesOf = (command: Command): ReadonlyArray<string> => [command.name(), ...command.aliases()];

const nodesOf = (command: Command, words = ''): ReadonlyArray<Node> => {
  const help = command.createHelp();
  const own = { words, commands: help.visibleCommands(command), options: help.visibleOptions(command) };
  const below = command.commands.flatMap((each) =>
    namesOf(each).flatMap((name) => nodesOf(each, words === '' ? name : `${words} ${name}`)),
  );
  return [own, ...below];
};

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const flagsOf = ({ long, short }: Option): ReadonlyArray<string> => [long, short].filter((flag) => flag != null);
const takesValue = ({ required, optional }: Option): boolean => required || optional;

/** Where a word is the name of a command below the ones before it. */
const walk = (nodes: ReadonlyArray<Node>, word: string): string => {
  const below = nodes.filter(({ words }) => words !== '');
  const cases = below.map(({ words }) => `${quoted(words)}) at=${quoted(words)};;`);
  return `case "\${at:+$at }${word}" in\n      ${cases.join('\n      ')}\n    esac`;
};

interface Value {
  readonly place: string;
  readonly choices: ReadonlyArray<string> | null;
}

/** What may follow an option that takes a value: its choices, or null for anything, such as a file. */
const valuesOf = (nodes: ReadonlyArray<Node>): ReadonlyArray<Value> =>
  nodes.flatMap(({ words, options }) =>
    options.filter(takesValue).flatMap((option) =>
      flagsOf(option).map((flag) => ({
        place: `${words}|${flag}`,
        choices: option.argChoices ?? null,
      })),
    ),
  );

const bash = (program: Command): string => {
  const nodes = nodesOf(program);
  const values = valuesOf(nodes).map(({ place, choices }) =>
    choices === null
      ? `${quoted(place)}) compopt -o default 2>/dev/null; return;;`
      : `${quoted(place)}) COMPREPLY=($(compgen -W ${quoted(choices.join(' '))} -- "$cur")); return;;`,
  );
  const words = nodes.map(({ words: place, commands, options }) => {
    const known = [...commands.flatMap(namesOf), ...options.flatMap(({ long }) => long ?? [])];
    return `${quoted(place)}) COMPREPLY=($(compgen -W ${quoted(known.join(' '))} -- "$cur"));;`;
  });
  return `# doorbuster completion bash: source it, for example in ~/.bashrc: source <(doorbuster completion bash)
_doorbuster() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" at='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    ${walk(nodes, '${COMP_WORDS[i]}')}
  done
  case "$at|$prev" in
    ${values.join('\n    ')}
  esac
  case "$at" in
    ${words.join('\n    ')}
  esac
}
complete -F _doorbuster doorbuster
`;
};

/** In a list of `_describe`, a colon ends the word. */
const described = (word: string, description: string): string =>
  quoted(`${word.replaceAll(':', '\\:')}:${description}`);

const zsh = (program: Command): string => {
  const nodes = nodesOf(program);
  const values = valuesOf(nodes).map(({ place, choices }) =>
    choices === null
      ? `${quoted(place)}) _files; return;;`
      : `${quoted(place)}) compadd -- ${choices.map(quoted).join(' ')}; return;;`,
  );
  const words = nodes.map(({ words: place, commands, options }) => {
    const known = [
      ...commands.flatMap((each) => namesOf(each).map((name) => described(name, each.description()))),
      ...options.flatMap(({ long, description }) => (long == null ? [] : described(long, description))),
    ];
    return `${quoted(place)}) known=(${known.join(' ')});;`;
  });
  return `#compdef doorbuster
# doorbuster completion zsh: source it, for example in ~/.zshrc after compinit: source <(doorbuster completion zsh)
_doorbuster() {
  local at='' i prev="\${words[CURRENT-1]}"
  local -a known
  for ((i = 2; i < CURRENT; i++)); do
    ${walk(nodes, '${words[i]}')}
  done
  case "$at|$prev" in
    ${values.join('\n    ')}
  esac
  case "$at" in
    ${words.join('\n    ')}
  esac
  _describe -t commands doorbuster known
}
compdef _doorbuster doorbuster
`;
};

const shells = { bash, zsh };

export type Shell = keyof typeof shells;
const SHELLS: ReadonlyArray<Shell> = ['bash', 'zsh'];

/** A script for a shell that completes commands, options and their choices, as the program has them. */
export const completionFor = (shell: Shell, program: Command): string => shells[shell](program);

/** `completion bash|zsh`: what a shell needs to complete this command line. */
export const completionCommand = (program: Command): void => {
  program
    .command('completion')
    .description('print a script that completes commands and options: source <(doorbuster completion bash)')
    .addArgument(new Argument('<shell>', 'the shell that runs the script').choices(SHELLS))
    .action((shell: unknown) => {
      process.stdout.write(completionFor(z.enum(SHELLS).parse(shell), program));
    });
};
