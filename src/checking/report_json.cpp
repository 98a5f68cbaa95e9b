// SPDX-License-Identifier: MIT
#include "checking/report_formats.hpp"
#include "json/writer.hpp"

namespace dgauth::checking {
namespace {

void write_credential(json::Writer& writer, const Subject& credential) {
  writer.begin_object();
  writer.key("kind").string(name_of(credential.kind));
  writer.key("source").string_or_null(credential.source);
  writer.key("fingerprint").string_or_null(credential.fingerprint);
  writer.end_object();
}

void write_probe(json::Writer& writer, const deepgram::ProbeResult& result) {
  writer.begin_object();
  writer.key("name").string(name_of(result.probe));
  writer.key("status").string(name_of(result.verdict));
  writer.key("http_status").number_or_null(result.http_status);
  writer.key("detail").string(result.detail);
  writer.key("request_id").string_or_null(result.request_id);
  writer.key("ms").number(result.elapsed.count());
  writer.end_object();
}

void write_identity(json::Writer& writer, const std::optional<deepgram::Identity>& identity) {
  if (!identity) {
    writer.null();
    return;
  }
  writer.begin_object();
  writer.key("api_key_id").string_or_null(identity->key_id);
  writer.key("scopes").begin_array();
  for (const std::string& scope : identity->scopes) {
    writer.string(scope);
  }
  writer.end_array();
  writer.key("created").string_or_null(identity->created);
  writer.end_object();
}

void write_expectations(json::Writer& writer, const std::vector<Unmet>& unmet) {
  writer.begin_object();
  writer.key("met").boolean(unmet.empty());
  writer.key("unmet").begin_array();
  for (const Unmet& each : unmet) {
    writer.begin_object();
    writer.key("name").string(name_of(each.probe));
    writer.key("expected").string(name_of(each.expected));
    writer.key("got").string(name_of(each.got));
    writer.end_object();
  }
  writer.end_array().end_object();
}

}  // namespace

std::string format_json(const CheckReport& report) {
  json::Writer writer;
  writer.begin_object();
  writer.key("credential");
  write_credential(writer, report.credential);
  writer.key("base_url").string(report.base_url);
  writer.key("probes").begin_array();
  for (const deepgram::ProbeResult& result : report.results.probes) {
    write_probe(writer, result);
  }
  writer.end_array();
  writer.key("identity");
  write_identity(writer, report.results.identity);
  writer.key("expectations");
  write_expectations(writer, report.unmet);
  writer.key("exit_status").number(static_cast<int>(report.status));
  writer.end_object();
  return std::string(writer.text()) + "\n";
}

}  // namespace dgauth::checking
