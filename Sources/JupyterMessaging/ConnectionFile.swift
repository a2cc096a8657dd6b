import FoundationEssentials

/// Where a kernel listens and the key it shares with its clients, as its connection file says.
public struct ConnectionFile: Sendable, Equatable {
  /// How clients reach the kernel: `tcp` or `ipc`.
  public enum TransportProtocol: String, Sendable {
    /// TCP at an address and a port.
    case tcp
    /// Unix domain sockets named after `ip` and a number.
    case ipc
  }

  /// The keys of CurveZMQ encryption, 40 characters of Z85 each.
  public struct CurveKeys: Sendable, Equatable {
    /// The public key of the kernel.
    public let publicKey: String
    /// The secret key of the kernel.
    public let secretKey: String

    /// Creates a pair of keys.
    public init(publicKey: String, secretKey: String) {
      self.publicKey = publicKey
      self.secretKey = secretKey
    }
  }

  /// How clients reach the kernel.
  public var transport: TransportProtocol
  /// The address to bind to; for `ipc` the path that socket names begin with.
  public var ip: String
  /// The port of each channel, 1 to 65 535 for `tcp`.
  public var ports: [Channel: Int]
  /// How messages are signed.
  public var scheme: MessageSigner.Scheme
  /// The shared key; empty where messages are not signed.
  public var key: String
  /// The keys of encryption, where it is wanted.
  public var curveKeys: CurveKeys?
  /// The name of the kernelspec; empty where it is not given.
  public var kernelName: String

  /// Creates a description of a connection.
  public init(
    transport: TransportProtocol = .tcp, ip: String = "127.0.0.1", ports: [Channel: Int],
    scheme: MessageSigner.Scheme = .sha256, key: String, curveKeys: CurveKeys? = nil, kernelName: String = ""
  ) {
    self.transport = transport
    self.ip = ip
    self.ports = ports
    self.scheme = scheme
    self.key = key
    self.curveKeys = curveKeys
    self.kernelName = kernelName
  }

  /// Reads the connection file at `path`.
  ///
  /// - Throws: `MessagingError` with code `invalidConnectionFile`, its context the path.
  public init(path: String) throws(MessagingError) {
    let bytes: Data
    do {
      bytes = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw MessagingError(.invalidConnectionFile, "the connection file cannot be read", context: path)
    }
    do {
      try self.init(parsing: Array(bytes))
    } catch {
      throw MessagingError(.invalidConnectionFile, error.description, context: path)
    }
  }

  /// Reads the text of a connection file; unknown fields are ignored, ports may be numbers or strings.
  ///
  /// - Throws: `MessagingError` with code `invalidJSON` or `invalidConnectionFile`.
  public init(parsing bytes: [UInt8]) throws(MessagingError) {
    guard let fields = try JSONValue(parsing: bytes).objectValue else {
      throw MessagingError(.invalidConnectionFile, "the connection file is not an object")
    }
    let transportName = fields["transport"]?.stringValue ?? "tcp"
    guard let transport = TransportProtocol(rawValue: transportName) else {
      throw MessagingError(.invalidConnectionFile, "transport \"\(transportName)\" is not known, use tcp or ipc")
    }
    let schemeName = fields["signature_scheme"]?.stringValue ?? MessageSigner.Scheme.sha256.rawValue
    guard let scheme = MessageSigner.Scheme(rawValue: schemeName) else {
      let known = MessageSigner.Scheme.allCases.map(\.rawValue).joined(separator: ", ")
      throw MessagingError(.invalidConnectionFile, "signature_scheme \"\(schemeName)\" is not known, use \(known)")
    }
    var ports: [Channel: Int] = [:]
    for channel in Channel.allCases { ports[channel] = try Self.port(of: channel, in: fields) }
    var curveKeys: CurveKeys?
    if let publicKey = fields["curve_publickey"]?.stringValue, let secretKey = fields["curve_secretkey"]?.stringValue {
      curveKeys = CurveKeys(publicKey: publicKey, secretKey: secretKey)
    }
    self.init(
      transport: transport, ip: fields["ip"]?.stringValue ?? "127.0.0.1", ports: ports, scheme: scheme,
      key: fields["key"]?.stringValue ?? "", curveKeys: curveKeys,
      kernelName: fields["kernel_name"]?.stringValue ?? "")
  }

  private static func port(of channel: Channel, in fields: JSONObject) throws(MessagingError) -> Int {
    let name = channel.portField
    guard let value = fields[name] else {
      throw MessagingError(.invalidConnectionFile, "\(name) is missing")
    }
    guard let port = value.integerValue ?? value.stringValue.flatMap({ Int($0) }), (1...65_535).contains(port) else {
      throw MessagingError(.invalidConnectionFile, "\(name) is not a port number from 1 to 65535")
    }
    return port
  }

  /// The address that `channel` binds to, as ZeroMQ writes it.
  public func endpoint(of channel: Channel) -> String {
    let port = ports[channel] ?? 0
    return transport == .tcp ? "tcp://\(ip):\(port)" : "ipc://\(ip)-\(port)"
  }

  /// The text of the connection file.
  public var serialized: [UInt8] {
    var fields: JSONObject = ["transport": .string(transport.rawValue), "ip": .string(ip)]
    for channel in Channel.allCases { fields[channel.portField] = .integer(ports[channel] ?? 0) }
    fields["signature_scheme"] = .string(scheme.rawValue)
    fields["key"] = .string(key)
    fields["kernel_name"] = .string(kernelName)
    if let curveKeys {
      fields["curve_publickey"] = .string(curveKeys.publicKey)
      fields["curve_secretkey"] = .string(curveKeys.secretKey)
    }
    return JSONValue.object(fields).serialized
  }
}
