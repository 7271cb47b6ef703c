#!/bin/sh
# Makes the user that mq-exporter needs at a RocketMQ 5 cluster with ACL 2.0: it may get everything, and nothing else.
#   rocketmq-acl2.sh mq-exporter name-server-1:9876 cluster < file-with-the-secret
# It uses mqadmin on the PATH, or what MQADMIN names, whose conf/tools.yml says who the administrator is. mqadmin takes
# the secret as an argument only: run it where nobody else sees the list of processes.
set -eu
if [ $# -ne 3 ]; then
  echo "rocketmq-acl2.sh: $# arguments (expected: the user, the name servers, the cluster; the secret comes on the" \
    "standard input)" >&2
  exit 2
fi
user=$1
name_servers=$2
cluster=$3
IFS= read -r secret || [ -n "$secret" ]
admin() {
  command=$1
  shift
  # mqadmin says in words what went wrong, not by its exit code.
  answer=$("${MQADMIN:-mqadmin}" "$command" -n "$name_servers" -c "$cluster" "$@" 2>&1 </dev/null)
  case $answer in
    *success*) ;;
    *)
      echo "rocketmq-acl2.sh: $command: $answer" >&2
      exit 1
      ;;
  esac
}
admin createUser -u "$user" -p "$secret" -t Normal
admin createAcl -s "User:$user" -r 'Cluster:*,Topic:*,Group:*' -a Get -d Allow
