# Has a cluster come to life? Ask, wait, give up. Sourced by start: $id, $data, $server.
# shellcheck shell=bash

give_up() { # NAME WHY
  local attempt=${ASMGW_DEVCLUSTER_ATTEMPT:-1}
  if ((attempt < 5)) && grep -qs 'address already in use' "$data/$1.log"; then
    end_processes # another process took the port in between
    ASMGW_DEVCLUSTER_ATTEMPT=$((attempt + 1)) exec "$bed/start" "$id"
  fi
  printf 'error: cluster %s: %s %s; the end of %s:\n%s\n' \
    "$id" "$1" "$2" "$data/$1.log" "$(tail -n 12 "$data/$1.log" | cut -c1-400)" >&2
  exit 1
}

# Wait until CONDITION holds, which the component NAME (the process PID) is to bring about.
await() { # NAME PID CONDITION...
  local deadline=$((SECONDS + 60))
  until "${@:3}"; do
    kill -0 "$2" 2>/dev/null || give_up "$1" "ended"
    ((SECONDS < deadline)) || give_up "$1" "did not bring about in a minute: ${*:3}"
    sleep 0.05
  done
}

api() { # PATH CURL-OPTION...
  curl -qsS --noproxy '*' --max-time 10 --fail --cacert "$data/ca.crt" --cert "$data/admin.crt" \
    --key "$data/admin.key" -H 'Content-Type: application/yaml' "$server$1" "${@:2}"
}
answers() { api "$1" >/dev/null 2>&1; }
is_gone() { ! answers "$1"; }
says() { [[ $(api "$1" 2>/dev/null) == *"$2"* ]]; }
create() { api "$1" --data-binary "$2" >/dev/null; }
