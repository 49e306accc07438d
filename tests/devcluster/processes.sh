# Which processes belong to a cluster, and how do they start and end? Sourced; $data is its folder.
# shellcheck shell=bash

# In the order of ending: an API server whose etcd is gone lingers for a minute.
components=(kube-apiserver kube-controller-manager kube-scheduler kwok etcd)

# Start NAME detached, its output in NAME.log. It carries $ASMGW_DEVCLUSTER_FOLDER in its
# environment and keeps no descriptor of ours (9 is the lock of `up`).
launch() { # NAME ARGUMENT...
  (
    echo "$BASHPID" >"$data/$1.pid"
    exec setsid "$@" </dev/null >"$data/$1.log" 2>&1 9<&-
  ) &
  disown # bash shall not report how it ended
}

# A pid alone proves nothing, as pids are used again: its environment must name this cluster.
is_running() { # NAME
  local pid
  pid=$(cat "$data/$1.pid" 2>/dev/null) &&
    grep -qzxF "ASMGW_DEVCLUSTER_FOLDER=$data" "/proc/$pid/environ" 2>/dev/null
}

are_all_running() {
  local name
  for name in "${components[@]}"; do is_running "$name" || return 1; done
}

end_processes() { # by SIGKILL, as the data is thrown away
  local name
  for name in "${components[@]}"; do
    while is_running "$name"; do
      kill -KILL "$(<"$data/$name.pid")" 2>/dev/null || true
      sleep 0.02
    done
  done
}
