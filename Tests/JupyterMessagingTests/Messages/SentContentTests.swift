import JupyterMessaging
import Testing

@Suite struct SentContentTests {
  private static let bundle = MIMEBundle(["text/plain": "1"], metadata: ["image/png": ["width": 2]])
  private static let report = ErrorReport(name: "E", value: "v", traceback: ["a", "b"])
  private static let language = LanguageInfo(
    name: "octet", version: "1", mimetype: "text/x-octet", fileExtension: ".octet", codeMirrorMode: "shell")

  static let cases: [(any SentContent, String)] = [
    (Status(.busy), #"{"execution_state":"busy"}"#), (Stream(.stderr, text: "x"), #"{"name":"stderr","text":"x"}"#),
    (ExecuteInput(code: "1", executionCount: 2), #"{"code":"1","execution_count":2}"#),
    (
      ExecuteResult(bundle, executionCount: 3),
      #"{"execution_count":3,"data":{"text/plain":"1"},"metadata":{"image/png":{"width":2}}}"#
    ),
    (
      DisplayData(bundle),
      #"{"data":{"text/plain":"1"},"metadata":{"image/png":{"width":2}},"transient":{}}"#
    ),
    (
      DisplayData(MIMEBundle(text: "t"), displayID: "d"),
      #"{"data":{"text/plain":"t"},"metadata":{},"transient":{"display_id":"d"}}"#
    ),
    (
      UpdateDisplayData(MIMEBundle(text: "t"), displayID: "d"),
      #"{"data":{"text/plain":"t"},"metadata":{},"transient":{"display_id":"d"}}"#
    ),
    (ClearOutput(waitsForOutput: true), #"{"wait":true}"#),
    (report, #"{"ename":"E","evalue":"v","traceback":["a","b"]}"#),
    (IOPubWelcome(subscription: "s"), #"{"subscription":"s"}"#),
    (CreateSubshellReply(subshellID: "s"), #"{"status":"ok","subshell_id":"s"}"#),
    (DeleteSubshellReply(), #"{"status":"ok"}"#),
    (ListSubshellReply(subshellIDs: ["s", "t"]), #"{"status":"ok","subshell_id":["s","t"]}"#),
    (
      UsageReply(
        hostname: "h", processID: 7, kernelPercent: 1.5, kernelByteCount: 8, hostPercent: 2.5, processorCount: 4,
        hostMemory: .init(total: 100, available: 25, free: 10)),
      #"{"status":"ok","hostname":"h","pid":7,"kernel_cpu":1.5,"kernel_memory":8,"host_cpu_percent":2.5,"cpu_count":4,"#
        + #""host_virtual_memory":{"total":100,"available":25,"percent":75.0,"used":75,"free":10}}"#
    ),
    (CommClose(commID: "c"), #"{"comm_id":"c","data":{}}"#),
    (
      ExecuteReply(
        .ok(payload: [MIMEBundle(text: "p")], userExpressions: [("a", .ok(bundle)), ("b", .error(report))]),
        executionCount: 4),
      #"{"status":"ok","execution_count":4,"payload":[{"source":"page","data":{"text/plain":"p"},"start":0}],"#
        + #""user_expressions":{"a":{"status":"ok","data":{"text/plain":"1"},"metadata":{"image/png":{"width":2}}},"#
        + #""b":{"status":"error","ename":"E","evalue":"v","traceback":["a","b"]}}}"#
    ),
    (
      ExecuteReply(.error(report), executionCount: 5),
      #"{"status":"error","execution_count":5,"ename":"E","evalue":"v","traceback":["a","b"]}"#
    ),
    (ExecuteReply(.aborted, executionCount: 6), #"{"status":"aborted"}"#),
    (
      CompleteReply(matches: [.init(text: "load", type: "verb", signature: "load FILE")], range: 1..<3),
      #"{"status":"ok","matches":["load"],"cursor_start":1,"cursor_end":3,"metadata":{"_jupyter_types_experimental":"#
        + #"[{"start":1,"end":3,"text":"load","type":"verb","signature":"load FILE"}]}}"#
    ),
    (InspectReply(nil), #"{"status":"ok","found":false,"data":{},"metadata":{}}"#),
    (InspectReply(MIMEBundle(text: "t")), #"{"status":"ok","found":true,"data":{"text/plain":"t"},"metadata":{}}"#),
    (IsCompleteReply(.complete), #"{"status":"complete"}"#),
    (IsCompleteReply(.incomplete(indent: "  ")), #"{"status":"incomplete","indent":"  "}"#),
    (IsCompleteReply(.invalid), #"{"status":"invalid"}"#), (IsCompleteReply(.unknown), #"{"status":"unknown"}"#),
    (
      HistoryReply([.init(session: 1, line: 2, input: "a", output: nil)], includesOutput: false),
      #"{"status":"ok","history":[[1,2,"a"]]}"#
    ),
    (
      HistoryReply(
        [.init(session: 1, line: 2, input: "a", output: nil), .init(session: 1, line: 3, input: "b", output: "c")],
        includesOutput: true),
      #"{"status":"ok","history":[[1,2,["a",null]],[1,3,["b","c"]]]}"#
    ),
    (CommInfoReply([("i", "t")]), #"{"status":"ok","comms":{"i":{"target_name":"t"}}}"#),
    (
      ConnectReply(ports: [.shell: 1, .control: 2, .stdin: 3, .iopub: 4, .heartbeat: 5]),
      #"{"status":"ok","shell_port":1,"control_port":2,"stdin_port":3,"iopub_port":4,"hb_port":5}"#
    ),
    (InterruptReply(), #"{"status":"ok"}"#), (ShutdownReply(restarts: true), #"{"status":"ok","restart":true}"#),
    (
      KernelInfoReply(
        implementation: "octet", implementationVersion: "0.1", languageInfo: language, banner: "B",
        helpLinks: [HelpLink(text: "t", url: "u")]),
      #"{"status":"ok","protocol_version":"5.5","implementation":"octet","implementation_version":"0.1","language_info":"#
        + #"{"name":"octet","version":"1","mimetype":"text/x-octet","file_extension":".octet","#
        + #""nbconvert_exporter":"script","codemirror_mode":"shell"},"banner":"B","debugger":false,"#
        + #""help_links":[{"text":"t","url":"u"}],"supported_features":[]}"#
    ),
  ]

  @Test(arguments: cases.indices)
  func `writes its fields`(index: Int) {
    let (content, text) = Self.cases[index]
    #expect(String(decoding: JSONValue.object(content.fields).serialized, as: UTF8.self) == text)
  }

  @Test func `a reply of any type can say that the request failed`() {
    #expect(
      ErrorReply(Self.report).fields == ["status": "error", "ename": "E", "evalue": "v", "traceback": ["a", "b"]])
  }
}
