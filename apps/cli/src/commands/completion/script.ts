import type { CommandOutcome } from '../../runtime/exit-status.js';
import type { CommandRun } from '../../runtime/session.js';
import { SHELLS, type Shell } from './command.js';

// bash parts words at = and :, so they are put together again, and what bash keeps is cut off the candidates.
const BASH = `_zhimaper() {
  local line=\${COMP_LINE:0:COMP_POINT} word last cur front i
  local -a words=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ $i -eq 0 || -z $line || $line == [[:space:]]* ]]; then
      line=\${line#"\${line%%[![:space:]]*}"}
      words+=("$word")
    else
      words[\${#words[@]} - 1]+=$word
    fi
    line=\${line#"$word"}
  done
  cur=\${words[\${#words[@]} - 1]}
  last=\${COMP_WORDS[COMP_CWORD]}
  [[ $last == [=:] ]] && last=
  front=\${cur%"$last"}
  COMPREPLY=()
  while IFS= read -r line; do
    line=\${line%%$'\\t'*}
    COMPREPLY+=("\${line#"$front"}")
  done < <(zhimaper __complete -- "\${words[@]:1}" 2>/dev/null)
}
complete -o default -o bashdefault -F _zhimaper zhimaper
`;

const ZSH = `#compdef zhimaper
_zhimaper() {
  local -a candidates
  local value description
  while IFS=$'\\t' read -r value description; do
    candidates+=("\${value//:/\\\\:}:$description")
  done < <(zhimaper __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( $#candidates )); then
    _describe zhimaper candidates
  else
    [[ $PREFIX == --*=* ]] && compset -P '--*='
    _files
  fi
}
if [[ $funcstack[1] = _zhimaper ]]; then
  _zhimaper
else
  compdef _zhimaper zhimaper
fi
`;

// Where the condition does not hold, fish completes file names.
const FISH = `function __zhimaper_complete
    set -l words (commandline -opc)
    set -g __zhimaper_found (zhimaper __complete -- $words[2..-1] (commandline -ct) 2>/dev/null)
    test (count $__zhimaper_found) -gt 0
end
complete -c zhimaper -n __zhimaper_complete -f -a '$__zhimaper_found'
`;

const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };

/**
 * Prints a shell's script, which asks zhimaper itself at every Tab and so fits whichever version is installed. Where
 * nothing is known to come next, the shell completes file names as it always does.
 */
export async function runCompletion({
  output,
  operands,
}: CommandRun<object>): Promise<CommandOutcome> {
  const shell = SHELLS.find((known) => known === operands[0]) ?? 'bash';
  const script = SCRIPTS[shell];
  if (output.json) await output.result({ shell, script }, () => []);
  else await output.text(script);
  return 'success';
}
