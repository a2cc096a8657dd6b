/// Every message type that the kernel receives or sends.
public enum MessageCatalog {
  /// What the kernel receives.
  public static let received: [any ReceivedContent.Type] = [
    CommClose.self, CommInfoRequest.self, CommMessage.self, CommOpen.self, CompleteRequest.self, ConnectRequest.self,
    CreateSubshellRequest.self, DeleteSubshellRequest.self, ExecuteRequest.self, HistoryRequest.self,
    InspectRequest.self, InterruptRequest.self, IsCompleteRequest.self, KernelInfoRequest.self,
    ListSubshellRequest.self, ShutdownRequest.self, UsageRequest.self,
  ]

  /// What the kernel sends as the reply to a request.
  public static let replies: [any SentContent.Type] = [
    CommInfoReply.self, CompleteReply.self, ConnectReply.self, CreateSubshellReply.self, DeleteSubshellReply.self,
    ExecuteReply.self, HistoryReply.self, InspectReply.self, InterruptReply.self, IsCompleteReply.self,
    KernelInfoReply.self, ListSubshellReply.self, ShutdownReply.self, UsageReply.self,
  ]

  /// What the kernel publishes to all clients.
  public static let published: [any SentContent.Type] = [
    ClearOutput.self, CommClose.self, DisplayData.self, ErrorReport.self, ExecuteInput.self, ExecuteResult.self,
    IOPubWelcome.self, ShutdownReply.self, Status.self, Stream.self, UpdateDisplayData.self,
  ]
}
