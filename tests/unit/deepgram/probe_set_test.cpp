// SPDX-License-Identifier: MIT
#include "deepgram/probe_set.hpp"

#include "support/probe_printing.hpp"

namespace dgauth::deepgram {
namespace {

using Ids = std::vector<ProbeId>;
using enum ProbeId;

TEST_CASE("deepgram::ProbeSet: empty, of some, of all") {
  CHECK(ProbeSet().empty());
  CHECK(ProbeSet().ids() == Ids{});
  CHECK_FALSE(ProbeSet().has(grant));
  const ProbeSet two = {manage, listen};
  CHECK_FALSE(two.empty());
  CHECK(two.ids() == Ids{listen, manage});
  CHECK(two.has(listen));
  CHECK_FALSE(two.has(listen_ws));
  CHECK(two == ProbeSet(Ids{listen, manage, listen}));
  CHECK(ProbeSet::all().ids() == Ids{grant, listen, speak, read, listen_ws, speak_ws, agent_ws, manage});
}

TEST_CASE("deepgram::ProbeSet: in both, in either, in the first alone") {
  const ProbeSet a = {grant, listen};
  const ProbeSet b = {listen, manage};
  CHECK((a & b) == ProbeSet{listen});
  CHECK((a | b) == ProbeSet{grant, listen, manage});
  CHECK(a - b == ProbeSet{grant});
  CHECK(b - ProbeSet::all() == ProbeSet{});
}

TEST_CASE("deepgram::parse_probes") {
  CHECK(parse_probes("listen") == Result<Ids>(Ids{listen}));
  CHECK(parse_probes("speak-ws,grant,speak-ws") == Result<Ids>(Ids{speak_ws, grant, speak_ws}));
  CHECK(parse_probes("grant,listen,speak,read,listen-ws,speak-ws,agent-ws,manage") ==
        Result<Ids>(ProbeSet::all().ids()));
}

TEST_CASE("deepgram::parse_probes: a name that is not known is not repeated") {
  struct Row {
    std::string_view text;
    std::string_view hint;
  };
  constexpr std::string_view all = "use one or more of: grant,listen,speak,read,listen-ws,speak-ws,agent-ws,manage";
  for (const Row& row : {
           Row{"", all},
           Row{"nope-none", all},
           Row{"LISTEN", all},
           Row{"*", all},
           Row{"fake0key0of0no0account0for0unit0tests0ab", all},
           Row{"listen;speak", all},
           Row{",", all},
           Row{",listen", all},
           Row{"listen,", all},
           Row{"listen,,speak", all},
           Row{"listen, speak", "did you mean speak?"},
           Row{"grant,lisen", "did you mean listen?"},
           Row{"lisen,grant", "did you mean listen?"},
       }) {
    CAPTURE(row.text);
    CHECK(parse_probes(row.text) ==
          Result<Ids>(fail(ErrorKind::usage, "has a name that is not a probe", std::string(row.hint))));
  }
}

}  // namespace
}  // namespace dgauth::deepgram
