import JupyterMessaging
import Testing

@Suite struct ConnectionFileTests {
  private static let text = """
    {"shell_port": 1, "iopub_port": "2", "stdin_port": 3, "control_port": 4, "hb_port": 65535, "ip": "0.0.0.0",
     "key": "secret", "transport": "tcp", "signature_scheme": "hmac-sha512", "kernel_name": "octet", "unknown": []}
    """

  @Test func `reads ports as numbers and as strings`() throws {
    let file = try ConnectionFile(parsing: Array(Self.text.utf8))
    #expect(file.ports == [.shell: 1, .iopub: 2, .stdin: 3, .control: 4, .heartbeat: 65_535])
    #expect(file.scheme == .sha512)
    #expect(file.key == "secret")
    #expect(file.kernelName == "octet")
    #expect(file.curveKeys == nil)
    #expect(file.endpoint(of: .heartbeat) == "tcp://0.0.0.0:65535")
    #expect(try ConnectionFile(parsing: file.serialized) == file)
  }

  @Test func `names Unix domain sockets`() {
    let file = ConnectionFile(
      transport: .ipc, ip: "/run/kernel", ports: [.shell: 5], key: "",
      curveKeys: ConnectionFile.CurveKeys(publicKey: "p", secretKey: "s"))
    #expect(file.endpoint(of: .shell) == "ipc:///run/kernel-5")
  }

  @Test(arguments: [
    ("", "byte 0: a value is missing"), ("[]", "the connection file is not an object"), ("{}", "shell_port is missing"),
    (#"{"shell_port": 0}"#, "shell_port is not a port number from 1 to 65535"),
    (#"{"shell_port": "x"}"#, "shell_port is not a port number from 1 to 65535"),
    (#"{"shell_port": 65536}"#, "shell_port is not a port number from 1 to 65535"),
    (#"{"transport": "udp"}"#, #"transport "udp" is not known, use tcp or ipc"#),
    (
      #"{"signature_scheme": "hmac-crc"}"#,
      #"signature_scheme "hmac-crc" is not known, use hmac-sha256, hmac-md5, hmac-sha384, hmac-sha512"#
    ),
  ])
  func `says what is wrong`(text: String, message: String) {
    #expect { try ConnectionFile(parsing: Array(text.utf8)) } throws: { "\($0)" == message }
  }

  @Test func `a registration file has no ports but a place to tell them`() throws {
    let text = """
      {"kernel_id": "k", "registration_ip": "10.0.0.1", "registration_port": "99", "ip": "127.0.0.1", "key": "secret"}
      """
    var file = try ConnectionFile(parsing: Array(text.utf8))
    let registration = try #require(file.registration)
    #expect(registration == .init(kernelID: "k", ip: "10.0.0.1", port: 99))
    #expect(Set(file.ports.values) == [0])
    for (number, channel) in Channel.allCases.enumerated() { file.ports[channel] = number + 1 }
    let notice = try JSONValue(parsing: file.portNotice(for: registration)).objectValue
    #expect(notice?["kernel_id"] == "k")
    #expect(notice?["shell_port"] == "1" && notice?["hb_port"] == "5")
  }

  @Test func `names a file that cannot be read`() {
    #expect {
      try ConnectionFile(path: "/nowhere/kernel.json")
    } throws: {
      "\($0)" == "/nowhere/kernel.json: the connection file cannot be read"
    }
  }
}
