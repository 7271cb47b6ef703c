{{/* One rule as a list of one, with what the values say of it; nothing if it is switched off: (list $ <rule>). */}}
{{- define "mq-exporter.rule" -}}
{{- $root := index . 0 -}}
{{- $rule := index . 1 -}}
{{- $alerts := $root.Values.alerts -}}
{{- if $rule.record -}}
{{- toYaml (list $rule) -}}
{{- else -}}
{{- $said := index $alerts.rules $rule.alert | default dict -}}
{{- if ne (toString (dig "enabled" true $said)) "false" -}}
{{- with $said.for -}}{{- $_ := set $rule "for" . -}}{{- end -}}
{{- with $said.keepFiringFor -}}{{- $_ := set $rule "keep_firing_for" . -}}{{- end -}}
{{- with $said.severity -}}{{- $_ := set $rule.labels "severity" . -}}{{- end -}}
{{- if hasKey $said "threshold" -}}
{{- $_ := set $rule "expr" (include "mq-exporter.threshold" (list $rule $said.threshold)) -}}
{{- end -}}
{{- $_ := set $rule "labels" (mergeOverwrite $rule.labels (deepCopy $alerts.ruleLabels) (deepCopy ($said.labels | default dict))) -}}
{{- $annotations := dict -}}
{{- range $key, $text := $rule.annotations -}}
{{- if eq $key "runbook_url" -}}
{{- if $alerts.runbookUrl -}}
{{- $_ := set $annotations $key (replace "https://runbooks.example.com/mq-exporter" (trimSuffix "/" $alerts.runbookUrl) $text) -}}
{{- end -}}
{{- else if eq $key "dashboard_url" -}}
{{- if $alerts.grafanaUrl -}}
{{- $_ := set $annotations $key (replace "https://grafana.example.com" (trimSuffix "/" $alerts.grafanaUrl) $text) -}}
{{- end -}}
{{- else -}}
{{- $_ := set $annotations $key $text -}}
{{- end -}}
{{- end -}}
{{- $_ := set $rule "annotations" (mergeOverwrite $annotations (deepCopy ($said.annotations | default dict))) -}}
{{- toYaml (list $rule) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/*
The expression of a rule with another threshold: (list <rule> <number>). The threshold is the one number other than 0
and 1 that it compares with; the schema allows it only for alerts that have exactly one.
*/}}
{{- define "mq-exporter.threshold" -}}
{{- $rule := index . 0 -}}
{{- $found := list -}}
{{- range $comparison := regexFindAll "(>=|<=|>|<) [0-9.]+" $rule.expr -1 -}}
{{- if not (regexMatch " [01]$" $comparison) -}}
{{- $found = append $found $comparison -}}
{{- end -}}
{{- end -}}
{{- if ne (len $found) 1 -}}
{{- fail (printf "alerts.rules.%s.threshold: %v (expected: none, for this alert has no threshold)" $rule.alert (index . 1)) -}}
{{- end -}}
{{- $old := first $found -}}
{{- replace $old (printf "%s %v" (regexFind "[<>=]+" $old) (index . 1)) $rule.expr -}}
{{- end -}}
