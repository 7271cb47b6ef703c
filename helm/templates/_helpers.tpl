{{/* The name of the chart's objects, at most 63 characters with the longest of the endings that are added. */}}
{{- define "mq-exporter.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 47 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 47 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 47 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "mq-exporter.selectorLabels" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "mq-exporter.labels" -}}
{{ include "mq-exporter.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/component: metrics
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* The metadata of an object: (list $ <ending of the name> <labels> <annotations>). */}}
{{- define "mq-exporter.metadata" -}}
{{- $root := index . 0 -}}
name: {{ include "mq-exporter.fullname" $root }}{{ index . 1 }}
namespace: {{ $root.Release.Namespace }}
labels:
  {{- include "mq-exporter.labels" $root | nindent 2 }}
  {{- with index . 2 }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with index . 3 }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "mq-exporter.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "mq-exporter.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "mq-exporter.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ default $.Chart.AppVersion .tag }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The job that alerts and dashboards take the agent for, whatever Prometheus would call it. */}}
{{- define "mq-exporter.relabelings" -}}
- action: replace
  targetLabel: job
  replacement: mq-exporter
{{- with . }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* What a probe asks: (list $ <path>). */}}
{{- define "mq-exporter.probe" -}}
{{- $web := (index . 0).Values.web -}}
{{- if eq $web.probes "tcp" -}}
tcpSocket: {port: http-metrics}
{{- else -}}
httpGet: {path: {{ index . 1 }}, port: http-metrics, scheme: {{ upper $web.scheme }}}
{{- end -}}
{{- end -}}

{{/* How Prometheus reaches the agent: (list $ <monitor>). */}}
{{- define "mq-exporter.access" -}}
{{- $monitor := index . 1 -}}
scheme: {{ (index . 0).Values.web.scheme }}
{{- with $monitor.tlsConfig }}
tlsConfig:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $monitor.basicAuth }}
basicAuth:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* What cannot be said by the schema, which sees one value at a time. */}}
{{- define "mq-exporter.check" -}}
{{- $existing := .Values.existingConfig -}}
{{- if and $existing.name .Values.config -}}
{{- fail (printf "config and existingConfig.name: %s (expected: one of the two)" $existing.name) -}}
{{- end -}}
{{- if and (not $existing.name) (not .Values.config.targets) -}}
{{- fail "config.targets: none (expected: a list of clusters to read, or existingConfig.name)" -}}
{{- end -}}
{{- if and $existing.name (not $existing.kind) -}}
{{- fail "existingConfig.kind: none (expected: ConfigMap or Secret)" -}}
{{- end -}}
{{- $whole := list -}}
{{- range $name := list "serviceMonitor" "podMonitor" "scrapeConfig" -}}
{{- $monitor := index $.Values $name -}}
{{- if and $monitor.enabled (not $monitor.nodes) -}}
{{- $whole = append $whole $name -}}
{{- end -}}
{{- end -}}
{{- if gt (len $whole) 1 -}}
{{- fail (printf "%s: each enabled (expected: one of them, for every one scrapes the same series)" (join ", " $whole)) -}}
{{- end -}}
{{- if and .Values.dashboards.grafanaOperator.enabled (not .Values.dashboards.enabled) -}}
{{- fail "dashboards.grafanaOperator.enabled: true (expected: dashboards.enabled to be true, too)" -}}
{{- end -}}
{{- end -}}
