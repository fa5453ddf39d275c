import type { Command } from 'commander';
import { CommandError } from './command-error';
import { Output } from './output';

/** Words that may come after each chain of commands: `'user suspend': ['--undo', ...]`. */
function wordsOf(command: Command, chain: string[] = []): [string, string[]][] {
  const commands = command.commands.filter((one) => one.name() !== 'help');
  const options = [...command.options, ...(chain.length > 0 ? rootOf(command).options : [])];
  const flags = options.flatMap(({ long }) => (long && long !== '--version' ? [long] : []));
  const own: [string, string[]] = [
    chain.join(' '),
    [...commands.map((one) => one.name()), ...flags, '--help'].sort(),
  ];
  return [own, ...commands.flatMap((one) => wordsOf(one, [...chain, one.name()]))];
}

const rootOf = (command: Command): Command => (command.parent ? rootOf(command.parent) : command);

const cases = (program: Command): string =>
  wordsOf(program)
    .map(([chain, words]) => `    '${chain}') words='${[...new Set(words)].join(' ')}' ;;`)
    .join('\n');

/** The chain of commands before the cursor; what is not one is passed over. */
const chainOf = (program: Command): string => {
  const chains = wordsOf(program)
    .map(([chain]) => `'${chain}'`)
    .filter((chain) => chain !== "''");
  return `    case "\${chain:+$chain }$word" in ${chains.join('|')}) chain="\${chain:+$chain }$word" ;; esac`;
};

const bash = (program: Command): string => `_passkey_server() {
  local chain='' word words='' current="\${COMP_WORDS[COMP_CWORD]}"
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
${chainOf(program)}
  done
  case "$chain" in
${cases(program)}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$current"))
}
complete -F _passkey_server passkey-server`;

const zsh = (program: Command): string => `#compdef passkey-server
_passkey_server() {
  local chain='' word words='' current="\${words_[CURRENT]}"
  for word in "\${(@)words_[2,CURRENT-1]}"; do
${chainOf(program)}
  done
  case "$chain" in
${cases(program)}
  esac
  compadd -- \${=words} || _files
}
_passkey_server_words() { local -a words_=("\${words[@]}"); _passkey_server; }
compdef _passkey_server_words passkey-server`;

const SHELLS: Record<string, (program: Command) => string> = { bash, zsh };

/** `completion bash|zsh`. */
export function addCompletion(program: Command): void {
  program
    .command('completion')
    .description('print what makes a shell complete the command: eval "$(passkey-server completion bash)"')
    .argument('<shell>', 'bash or zsh')
    .action((shell: string) => {
      const script = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
      if (!script) throw new CommandError('the shell must be bash or zsh', 2);
      new Output(false).result(null, script(program));
    });
}
