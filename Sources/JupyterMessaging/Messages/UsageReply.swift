/// Tells what the kernel uses of the machine; an extension of the protocol that ipykernel introduced.
public struct UsageReply: SentContent {
  /// The name of the type on the wire.
  public static let messageType = "usage_reply"

  /// Memory of the machine in bytes.
  public struct HostMemory: Sendable, Equatable {
    /// All of it.
    public let total: Int
    /// What could be taken without writing to disk.
    public let available: Int
    /// What nobody uses at all.
    public let free: Int

    /// Creates figures.
    public init(total: Int, available: Int, free: Int) {
      self.total = total
      self.available = available
      self.free = free
    }

    var fields: JSONObject {
      let used = max(0, total - available)
      let percent = total > 0 ? (Double(used) / Double(total) * 1000).rounded() / 10 : 0
      return [
        "total": .integer(total), "available": .integer(available), "percent": .number(percent),
        "used": .integer(used), "free": .integer(free),
      ]
    }
  }

  /// The name of the machine.
  public let hostname: String
  /// The number of the kernel's process.
  public let processID: Int
  /// Processor time since the question before this one, in percent of one processor; 0 for the first question.
  public let kernelPercent: Double
  /// Memory that the kernel holds, in bytes.
  public let kernelByteCount: Int
  /// How busy all processors were since the question before this one, in percent of all; 0 for the first question.
  public let hostPercent: Double
  /// The number of processors.
  public let processorCount: Int
  /// The machine's memory; nil where it is not known.
  public let hostMemory: HostMemory?

  /// Creates the content.
  public init(
    hostname: String, processID: Int, kernelPercent: Double, kernelByteCount: Int, hostPercent: Double,
    processorCount: Int, hostMemory: HostMemory?
  ) {
    self.hostname = hostname
    self.processID = processID
    self.kernelPercent = kernelPercent
    self.kernelByteCount = kernelByteCount
    self.hostPercent = hostPercent
    self.processorCount = processorCount
    self.hostMemory = hostMemory
  }

  /// The fields of the content.
  public var fields: JSONObject {
    var fields: JSONObject = [
      "status": "ok", "hostname": .string(hostname), "pid": .integer(processID), "kernel_cpu": .number(kernelPercent),
      "kernel_memory": .integer(kernelByteCount), "host_cpu_percent": .number(hostPercent),
      "cpu_count": .integer(processorCount),
    ]
    if let hostMemory { fields["host_virtual_memory"] = .object(hostMemory.fields) }
    return fields
  }
}
