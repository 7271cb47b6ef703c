#!/bin/sh
# Makes the user that mq-exporter needs at RabbitMQ, or gives it another password: it may see every virtual host
# that there is, and neither read, write nor change anything in them. Run it again when virtual hosts are added.
#   rabbitmq.sh mq-exporter < file-with-the-password
# It uses rabbitmqctl on the PATH, or what RABBITMQCTL names.
set -eu
if [ $# -ne 1 ]; then
  echo "rabbitmq.sh: $# arguments (expected: the user's name; the password comes on the standard input)" >&2
  exit 2
fi
user=$1
IFS= read -r password || [ -n "$password" ]
ctl() {
  "${RABBITMQCTL:-rabbitmqctl}" --quiet "$@"
}
if ctl list_users --no-table-headers </dev/null | cut -f1 | grep -qxF -e "$user"; then
  printf '%s\n' "$password" | ctl change_password "$user"
else
  printf '%s\n' "$password" | ctl add_user "$user"
fi
ctl set_user_tags "$user" monitoring </dev/null
ctl list_vhosts --no-table-headers name </dev/null | while IFS= read -r vhost; do
  ctl set_permissions --vhost "$vhost" "$user" '^$' '^$' '^$' </dev/null
done
