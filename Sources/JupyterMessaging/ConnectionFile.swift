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

  /// Where the kernel tells its ports, if it is to find them itself (JEP 66).
  public struct Registration: Sendable, Equatable {
    /// What the kernel is called there.
    public let kernelID: String
    /// The address to tell.
    public let ip: String
    /// Its port.
    public let port: Int

    /// Creates a place.
    public init(kernelID: String, ip: String, port: Int) {
      self.kernelID = kernelID
      self.ip = ip
      self.port = port
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
  /// Where the ports are told once they are found; nil where they are given.
  public var registration: Registration?

  /// Creates a description of a connection.
  public init(
    transport: TransportProtocol = .tcp, ip: String = "127.0.0.1", ports: [Channel: Int],
    scheme: MessageSigner.Scheme = .sha256, key: String, curveKeys: CurveKeys? = nil, kernelName: String = "",
    registration: Registration? = nil
  ) {
    self.transport = transport
    self.ip = ip
    self.ports = ports
    self.scheme = scheme
    self.key = key
    self.curveKeys = curveKeys
    self.kernelName = kernelName
    self.registration = registration
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
    let registration = try Self.registration(in: fields)
    for channel in Channel.allCases {
      ports[channel] = registration == nil ? try Self.port(named: channel.portField, in: fields) : 0
    }
    var curveKeys: CurveKeys?
    if let publicKey = fields["curve_publickey"]?.stringValue, let secretKey = fields["curve_secretkey"]?.stringValue {
      curveKeys = CurveKeys(publicKey: publicKey, secretKey: secretKey)
    }
    self.init(
      transport: transport, ip: fields["ip"]?.stringValue ?? "127.0.0.1", ports: ports, scheme: scheme,
      key: fields["key"]?.stringValue ?? "", curveKeys: curveKeys,
      kernelName: fields["kernel_name"]?.stringValue ?? "", registration: registration)
  }

  private static func registration(in fields: JSONObject) throws(MessagingError) -> Registration? {
    guard fields["registration_port"] != nil else { return nil }
    return Registration(
      kernelID: fields["kernel_id"]?.stringValue ?? "", ip: fields["registration_ip"]?.stringValue ?? "127.0.0.1",
      port: try port(named: "registration_port", in: fields))
  }

  private static func port(named name: String, in fields: JSONObject) throws(MessagingError) -> Int {
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

  /// What is told to a registration: the kernel's identifier, and its ports as texts.
  public func portNotice(for registration: Registration) -> [UInt8] {
    var fields: JSONObject = ["kernel_id": .string(registration.kernelID)]
    for channel in Channel.allCases { fields[channel.portField] = .string(String(ports[channel] ?? 0)) }
    return JSONValue.object(fields).serialized
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
