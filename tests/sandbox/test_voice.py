"""The voice APIs over HTTP: listen, speak, read."""

import hashlib
import unittest

from sandbox import audio
from sandbox.testing import SandboxTest

URL = "https://media.example/talks/episode-17.mp3?signature=abc"


class Listen(SandboxTest):
    def listen(self, query="", body=None, role="member", **headers):
        body = {"url": URL} if body is None else body
        return self.ask("POST", f"/v1/listen?model=nova-3{query}", role, body, **headers)

    def test_url(self):
        answer = self.listen()
        metadata, results = answer.json["metadata"], answer.json["results"]
        self.assertEqual(200, answer.status)
        self.assertEqual(answer.headers["dg-request-id"], metadata["request_id"])
        self.assertEqual("nova-3", metadata["model_info"][metadata["models"][0]]["name"])
        self.assertEqual("nova-3", answer.headers["dg-model-name"])
        alternative, = results["channels"][0]["alternatives"]
        self.assertEqual(
            "hello from the sandbox you sent episode-17.mp3 nobody really listened to it",
            alternative["transcript"])
        self.assertEqual({"word", "start", "end", "confidence"}, set(alternative["words"][0]))
        self.assertEqual(metadata["duration"], alternative["words"][-1]["end"])
        self.assertNotIn("utterances", results)
        self.assertEqual([URL], self.box.processed)

    def test_wave_file(self):
        sound = audio.silence(1.5)
        answer = self.listen(body=sound, content_type="application/octet-stream")
        digest = hashlib.sha256(sound).hexdigest()
        self.assertEqual((digest, 1.5, 1), tuple(
            answer.json["metadata"][name] for name in ("sha256", "duration", "channels")))
        words = answer.json["results"]["channels"][0]["alternatives"][0]["words"]
        self.assertEqual(1.5, words[-1]["end"])
        self.assertEqual([digest], self.box.processed)

    def test_silent_file_has_no_words(self):
        answer = self.listen("&utterances=true&paragraphs=true", audio.silence(0)).json
        alternative = answer["results"]["channels"][0]["alternatives"][0]
        self.assertEqual(("", [], []), (alternative["transcript"], alternative["words"],
                                        answer["results"]["utterances"]))
        self.assertEqual(0, answer["metadata"]["duration"])

    def test_what_counts_as_audio(self):
        for body, content_type, expected in (
            (b"OggS\0", "", 200), (b"fLaC\0", "", 200), (b"ID3\x04", "", 200),
            (b"\x1aE\xdf\xa3\0", "", 200), (b"\0\0\0\x20ftypisom", "", 200),
            (b"\xff\xfb\x90\x64", "", 200), (b"anything", "audio/mpeg", 200),
            (b"anything", "video/mp4", 200), (b"anything", "", 400), (b"", "audio/mpeg", 400),
            (b'{"url":"https://a.example/b"}', "", 400),
            (b'{"url":"https://a.example/b"}', "text/plain", 400),
        ):
            with self.subTest(f"{body!r} {content_type}"):
                answer = self.listen(body=body, content_type=content_type)
                self.assertEqual(expected, answer.status, answer.body)
                if expected == 400:
                    self.assertIn("corrupt or unsupported data", answer.json["err_msg"])

    def test_json_that_names_nothing(self):
        for body, part, words in (
            ("{}", "details", "missing field `url`"),
            ('{"url":7}', "details", "missing field `url`"),
            ("{", "err_msg", "we could not process the JSON payload"),
            ("[1]", "err_msg", "we could not process the JSON payload"),
            ("", "err_msg", "we could not process the JSON payload"),
            ('{"url":""}', "err_msg", "Could not parse URL as a URI"),
            ('{"url":"a b"}', "err_msg", "Could not parse URL as a URI"),
            ('{"url":"ftp://a.example/b"}', "err_msg", "publicly routable"),
            ('{"url":"http://localhost/b"}', "err_msg", "publicly routable"),
            ('{"url":"http://127.0.0.1/b"}', "err_msg", "publicly routable"),
            ('{"url":"http://[fe80::1]/b"}', "err_msg", "publicly routable"),
            ('{"url":"http://169.254.1.1/b"}', "err_msg", "publicly routable"),
        ):
            with self.subTest(body):
                answer = self.listen(body=body, content_type="application/json; charset=utf-8")
                self.assertEqual(400, answer.status)
                self.assertIn(words, answer.json[part])
        self.assertEqual([], self.box.processed)

    def test_roles(self):
        expected = {
            "owner": 200, "admin": 200, "member": 200, "default": 200, "listen-only": 200,
            "read-only": 401, "account": 200, "no-credit": 402, "expired": 401, "revoked": 401,
        }
        self.assertEqual(expected, {
            role: self.listen(role=role).status for role in self.box.keys})
        self.assertEqual("INSUFFICIENT_PERMISSIONS",
                         self.listen(role="read-only").json["err_code"])
        self.assertEqual("ASR_PAYMENT_REQUIRED", self.listen(role="no-credit").json["err_code"])

    def test_access_comes_before_the_body_and_credit_after(self):
        self.assertEqual(401, self.listen(body={}, role="revoked").status)
        self.assertEqual(400, self.listen(body={}, role="no-credit").status)
        answer = self.listen(role=None, authorization=f"Bearer {self.token(role='no-credit')}")
        self.assertEqual(402, answer.status)

    def test_channels(self):
        for query, expected in (("", 1), ("&multichannel=false", 1), ("&multichannel=true", 2),
                                ("&multichannel=true&channels=3", 3)):
            with self.subTest(query):
                answer = self.listen(query + "&utterances=true").json
                self.assertEqual(expected, answer["metadata"]["channels"])
                self.assertEqual(expected, len(answer["results"]["channels"]))
                utterances = answer["results"]["utterances"]
                self.assertEqual(set(range(expected)), {each["channel"] for each in utterances})
                starts = [each["start"] for each in utterances]
                self.assertEqual(sorted(starts), starts)

    def test_utterances_are_cut_at_silences(self):
        for split, expected in ("0.8", 3), ("1.5", 1):
            answer = self.listen(f"&utterances=true&utt_split={split}").json
            self.assertEqual(expected, len(answer["results"]["utterances"]))

    def test_speakers(self):
        answer = self.listen("&diarize=true&utterances=true&utt_split=9").json
        self.assertEqual([0, 1, 0], [each["speaker"] for each in answer["results"]["utterances"]])
        words = answer["results"]["channels"][0]["alternatives"][0]["words"]
        self.assertEqual({0, 1}, {word["speaker"] for word in words})

    def test_paragraphs(self):
        for query, expected in ("", 1), ("&diarize=true", 3):
            answer = self.listen(f"&paragraphs=true{query}").json
            alternative = answer["results"]["channels"][0]["alternatives"][0]
            paragraphs = alternative["paragraphs"]["paragraphs"]
            self.assertEqual(expected, len(paragraphs))
            self.assertEqual(len(alternative["words"]),
                             sum(each["num_words"] for each in paragraphs))
            self.assertTrue(alternative["transcript"].startswith("Hello from"))
            self.assertEqual("You", alternative["words"][4]["punctuated_word"])

    def test_other_wishes(self):
        answer = self.listen("&summarize=v2&detect_language=true&tag=a&tag=b").json
        self.assertEqual("success", answer["results"]["summary"]["result"])
        self.assertEqual("en", answer["results"]["channels"][0]["detected_language"])
        self.assertEqual(["a", "b"], answer["metadata"]["tags"])

    def test_callback(self):
        answer = self.listen("&callback=https%3A%2F%2Fme.example%3A8443%2Fdone")
        self.assertEqual({"request_id": answer.headers["dg-request-id"]}, answer.json)
        self.assertEqual([URL], self.box.processed)

    def test_queries_that_are_refused(self):
        for query, words in (
            ("&diarize=yes", "diarize"), ("&encoding=mp4", "encoding"),
            ("&utt_split=long", "utt_split"), ("&utt_split=nan", "utt_split"),
            ("&diarize=true&diarize_model=v2", "diarize_model"),
            ("&callback=nowhere", "Invalid callback url."),
            ("&callback=https://me.example:99/", "Invalid callback url."),
            ("&language=english", "No such model/language/tier combination found."),
            ("&encoding=%0d%0ax-injected:%201%E2%82%AC", "encoding"),
        ):
            with self.subTest(query):
                answer = self.listen(query)
                self.assertEqual(400, answer.status)
                self.assertIn(words, answer.json["err_msg"])
                self.assertNotIn("x-injected", answer.headers)
        self.assertEqual(400, self.ask("POST", "/v1/listen?model=gpt", "member").status)
        self.assertEqual(200, self.listen("&unheard_of=1").status)

    def test_chunked_body(self):
        sound = audio.silence(1)
        answer = self.listen(body=iter([sound[:1000], sound[1000:]]))
        self.assertEqual(hashlib.sha256(sound).hexdigest(), answer.json["metadata"]["sha256"])
        received, = self.box.requests
        self.assertIn(("Transfer-Encoding", "chunked"), received.headers)
        self.assertEqual(sound, received.body)

    def test_large_body_is_counted_not_kept(self):
        sound = audio.silence(100)
        answer = self.listen(body=sound)
        received, = self.box.requests
        self.assertEqual(2 * 1024 * 1024, len(received.body))
        self.assertEqual(len(sound), received.body_length)
        self.assertEqual(answer.json["metadata"]["sha256"], received.body_sha256)
        self.assertEqual(100, answer.json["metadata"]["duration"])

    def test_expect_continue(self):
        sock = self.socket()
        sound = audio.silence(0.1)
        sock.sendall(b"POST /v1/listen HTTP/1.1\r\nAuthorization: Token %s\r\nConnection: close\r\n"
                     b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n"
                     % (self.box.keys["member"].encode(), len(sound)))
        self.assertEqual(b"HTTP/1.1 100 Continue\r\n\r\n", sock.recv(1000))
        sock.sendall(sound)
        self.assertTrue(sock.recv(1000).startswith(b"HTTP/1.1 200 "))


class Speak(SandboxTest):
    def speak(self, body, query="", role="member", **headers):
        return self.ask("POST", f"/v1/speak?model=aura-2-thalia-en{query}", role, body, **headers)

    def test_sound(self):
        for query, content_type, start in (("", "audio/mpeg", b"\xff\xfb"),
                                           ("&encoding=linear16", "audio/wav", b"RIFF")):
            answer = self.speak({"text": "Hello there"}, query)
            self.assertEqual((200, content_type, "11", "aura-2-thalia-en"), (
                answer.status, answer.headers["content-type"], answer.headers["dg-char-count"],
                answer.headers["dg-model-name"]))
            self.assertTrue(answer.body.startswith(start))
        self.assertEqual(200, self.speak("Hello", content_type="text/plain").status)

    def test_refusals(self):
        for body, content_type, status, code in (
            ('{"text":""}', "application/json", 400, "PAYLOAD_ERROR"),
            ("{}", "application/json", 400, "PAYLOAD_ERROR"),
            ("[]", "application/json", 400, "PAYLOAD_ERROR"),
            ("{", "application/json", 400, "PAYLOAD_ERROR"),
            ("Hello", "text/html", 415, "UNSUPPORTED_MEDIA_TYPE"),
            ("a" * 2_000_001, "text/plain", 413, "PAYLOAD_TOO_LARGE"),
        ):
            with self.subTest(body[:20]):
                answer = self.speak(body, content_type=content_type)
                self.assertEqual((status, code), (answer.status, answer.json["err_code"]))
        self.assertEqual("Input text contains no characters.",
                         self.speak({"text": ""}).json["err_msg"])

    def test_access(self):
        for role, status in (("default", 200), ("read-only", 401), ("no-credit", 402),
                             ("revoked", 401)):
            self.assertEqual(status, self.speak({"text": "Hello"}, role=role).status, role)
        self.assertEqual(1, len(self.box.processed))


class Read(SandboxTest):
    def test_findings(self):
        answer = self.ask("POST", "/v1/read?language=en&summarize=v2&topics=true", "member",
                          {"text": "Hello"}).json
        self.assertEqual("en", answer["metadata"]["language"])
        self.assertEqual({"summary", "topics"}, set(answer["results"]))
        self.assertEqual(1, len(self.box.processed))

    def test_missing_language_comes_first(self):
        answer = self.ask("POST", "/v1/read", "revoked", {})
        self.assertEqual((400, "INVALID_QUERY_PARAMETER"), (answer.status, answer.json["err_code"]))

    def test_access_comes_before_the_body(self):
        for role, status in ("revoked", 401), ("read-only", 401), ("default", 400):
            self.assertEqual(
                status, self.ask("POST", "/v1/read?language=en", role, {}).status, role)
        self.assertEqual(402, self.ask("POST", "/v1/read?language=en", "no-credit",
                                       {"text": "Hello"}).status)
        self.assertEqual([], self.box.processed)


if __name__ == "__main__":
    unittest.main()
