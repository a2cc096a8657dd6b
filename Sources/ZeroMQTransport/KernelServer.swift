import Glibc
import JupyterMessaging
public import KernelHost
public import Logging

/// Runs a kernel on ZeroMQ sockets.
public enum KernelServer {
  /// Serves the connection that a file describes, and gives the status to exit with. A registration file (JEP 66) has no
  /// ports; the kernel then takes free ones and tells them.
  ///
  /// The sockets listen before `makeInterpreter` is called. Call this on the main thread before any other thread is
  /// started, and exit at once after it.
  ///
  /// - Parameters:
  ///   - path: the connection file, as a Jupyter server wrote it.
  ///   - history: what remembers cells across sessions; nil for nothing.
  ///   - logger: where dropped messages are reported.
  ///   - makeInterpreter: makes what runs the cells.
  /// - Throws: `MessagingError`, `TransportError` or `KernelHostError`, each with a text that says what to do.
  public static func run(
    connectionFile path: String, history: (any HistoryStore)?, logger: Logger,
    makeInterpreter: () throws -> any CellInterpreter
  ) throws -> Int32 {
    let transport = try SocketTransport(ConnectionFile(path: path))
    guard let registration = transport.connection.registration else {
      return try serve(transport, history, logger, makeInterpreter)
    }
    try RegistrationHandshake.perform(transport.connection, registration)
    return try serveOwnPorts(transport, announce: { _ in }, history, logger, makeInterpreter)
  }

  /// Serves free ports of this machine, described in a new connection file that is removed at the end.
  ///
  /// - Parameters:
  ///   - announce: told the path of the connection file once clients can connect.
  ///   - history: what remembers cells across sessions; nil for nothing.
  ///   - logger: where dropped messages are reported.
  ///   - makeInterpreter: makes what runs the cells.
  /// - Throws: as `run(connectionFile:history:logger:makeInterpreter:)`.
  public static func runOnFreePorts(
    announce: (String) -> Void, history: (any HistoryStore)?, logger: Logger,
    makeInterpreter: () throws -> any CellInterpreter
  ) throws -> Int32 {
    let wanted = ConnectionFile(
      ports: Dictionary(uniqueKeysWithValues: Channel.allCases.map { ($0, 0) }), key: RandomIdentifier.make(),
      kernelName: "octet")
    return try serveOwnPorts(SocketTransport(wanted), announce: announce, history, logger, makeInterpreter)
  }

  /// Serves ports that the kernel has found itself, described in a connection file that is removed at the end.
  private static func serveOwnPorts(
    _ transport: SocketTransport, announce: (String) -> Void, _ history: (any HistoryStore)?, _ logger: Logger,
    _ makeInterpreter: () throws -> any CellInterpreter
  ) throws -> Int32 {
    let path = RuntimeFolder.path + "/kernel-\(getpid()).json"
    try AppendOnlyFile(path: path).replaceContents(with: transport.connection.serialized)
    defer { unsafe unlink(path) }
    announce(path)
    return try serve(transport, history, logger, makeInterpreter)
  }

  private static func serve(
    _ transport: SocketTransport, _ history: (any HistoryStore)?, _ logger: Logger,
    _ makeInterpreter: () throws -> any CellInterpreter
  ) throws -> Int32 {
    let kernel = try Kernel(
      connection: transport.connection, transport: transport, interpreter: makeInterpreter(), history: history,
      logger: logger)
    return try kernel.run()
  }
}
