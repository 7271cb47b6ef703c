#!/bin/sh
# Gives a principal what mq-exporter needs of a Kafka cluster: rights to read, and no other.
#   kafka.sh User:mq-exporter --bootstrap-server broker-1:9092 --command-config admin.properties
# What comes after the principal goes to Kafka's own tool: kafka-acls.sh on the PATH, or what KAFKA_ACLS names.
set -eu
if [ $# -lt 3 ]; then
  echo "kafka.sh: $# arguments (expected: the principal, --bootstrap-server host:port, more for kafka-acls.sh)" >&2
  exit 2
fi
principal=$1
shift
allow() {
  operation=$1
  shift
  "${KAFKA_ACLS:-kafka-acls.sh}" "$@" --add --allow-principal "$principal" --operation "$operation"
}
allow Describe "$@" --cluster --topic '*' --group '*' --transactional-id '*'
allow DescribeConfigs "$@" --cluster --topic '*'
# Only for the age of the oldest unread record and for hanging transactions: unread_records: 0 does without.
allow Read "$@" --topic '*'
