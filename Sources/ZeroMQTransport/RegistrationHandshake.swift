import CZeroMQ
import JupyterMessaging

/// Tells whoever started the kernel which ports it has found (JEP 66), so that no port can be taken in between.
enum RegistrationHandshake {
  private static let patienceMilliseconds: Int32 = 5000
  private static let delimiter = Array("<IDS|MSG>".utf8)

  /// Sends the ports of a connection to the address of a registration and waits for the receipt.
  ///
  /// - Throws: `TransportError` with code `registration` where no receipt comes within five seconds, or one that is not
  ///   signed with the connection's key.
  static func perform(
    _ connection: ConnectionFile, _ registration: ConnectionFile.Registration
  ) throws(TransportError) {
    let endpoint = "tcp://\(registration.ip):\(registration.port)"
    let context = try ZeroMQContext()
    let socket = try context.makeSocket(ZMQ_DEALER)
    try socket.set(ZMQ_LINGER, to: 0)
    try socket.set(ZMQ_RCVTIMEO, to: patienceMilliseconds)
    try socket.connect(to: endpoint)
    let signer = MessageSigner(scheme: connection.scheme, key: connection.key.utf8)
    let content = connection.portNotice(for: registration)
    socket.send([delimiter, signer.signature(of: [content]), content])
    guard let receipt = socket.receive(waits: true) else {
      throw TransportError(
        .registration, "nobody confirmed the kernel's ports within five seconds; check who started it",
        context: endpoint)
    }
    let parts = receipt.drop { $0 != delimiter }.dropFirst()
    guard parts.count >= 2, signer.isValid(parts[parts.startIndex], for: [parts[parts.startIndex + 1]]) else {
      throw TransportError(
        .registration, "the receipt of the kernel's ports has a wrong signature; both sides need the same key",
        context: endpoint)
    }
  }
}
