/// How a convolution or pooling window slides over the spatial axes.
public struct SpatialWindow: Sendable, Hashable {
  /// How padding is chosen.
  public enum AutoPadding: String, Sendable {
    case explicit = "NOTSET"
    case sameUpper = "SAME_UPPER"
    case sameLower = "SAME_LOWER"
    case valid = "VALID"
  }

  /// Extent of the window, one a spatial axis, each at least 1.
  public var kernel: [Int]
  public var strides: [Int]
  public var dilations: [Int]
  /// Padding before each spatial axis, then after each, as ONNX lists it.
  public var pads: [Int]
  public var autoPadding: AutoPadding
  /// Whether a window may start inside and end outside of the padded input (pooling only).
  public var ceilMode: Bool

  /// Makes a window; strides and dilations left out are 1, pads 0.
  public init(
    kernel: [Int], strides: [Int]? = nil, dilations: [Int]? = nil, pads: [Int]? = nil,
    autoPadding: AutoPadding = .explicit, ceilMode: Bool = false
  ) {
    self.kernel = kernel
    self.strides = strides ?? kernel.map { _ in 1 }
    self.dilations = dilations ?? kernel.map { _ in 1 }
    self.pads = pads ?? (kernel + kernel).map { _ in 0 }
    self.autoPadding = autoPadding
    self.ceilMode = ceilMode
  }

  /// Number of spatial axes.
  public var rank: Int { kernel.count }

  /// Output extents and the padding in effect for spatial input extents, by the formulas of ONNX's Conv and MaxPool.
  ///
  /// - Throws: `GraphError.invalidInput` if the window does not fit, `invalidAttribute` for counts that do not agree.
  public func resolve(_ input: [Int]) throws(GraphError) -> (output: [Int], pads: [Int]) {
    guard input.count == rank, strides.count == rank, dilations.count == rank, pads.count == 2 * rank else {
      throw GraphError(
        .invalidAttribute,
        "an input of \(input.count) spatial axes needs as many entries in kernel_shape, strides and dilations, and twice "
          + "as many in pads")
    }
    let limit = 1 << 24
    guard (kernel + strides + dilations).allSatisfy({ (1...limit).contains($0) }),
      pads.allSatisfy({ (-limit...limit).contains($0) }), input.allSatisfy({ (0...(1 << 40)).contains($0) })
    else {
      throw GraphError(
        .invalidAttribute, "kernel_shape, strides and dilations must be positive, and these and pads at most \(limit)")
    }
    var output: [Int] = []
    var resolved = pads
    for axis in 0..<rank {
      let extent = (kernel[axis] - 1) * dilations[axis] + 1
      switch autoPadding {
      case .explicit: break
      case .valid:
        resolved[axis] = 0
        resolved[axis + rank] = 0
      case .sameUpper, .sameLower:
        let out = (input[axis] + strides[axis] - 1) / strides[axis]
        let total = max((out - 1) * strides[axis] + extent - input[axis], 0)
        let small = total / 2
        resolved[axis] = autoPadding == .sameUpper ? small : total - small
        resolved[axis + rank] = total - resolved[axis]
      }
      let room = input[axis] + resolved[axis] + resolved[axis + rank] - extent
      guard room >= 0 else {
        throw GraphError(
          .invalidInput, "a window of \(extent) does not fit in an input of \(input[axis]) along spatial axis \(axis)")
      }
      var count = room / strides[axis] + 1
      if ceilMode, room % strides[axis] != 0, count * strides[axis] < input[axis] + resolved[axis] { count += 1 }
      output.append(count)
    }
    return (output, resolved)
  }

  /// Reads kernel_shape, strides, dilations, pads and auto_pad (and ceil_mode for pooling).
  ///
  /// - Parameter kernel: what holds if kernel_shape is left out; nil lets the operator find it from the weights: then
  ///   the window has an empty kernel and the other lists as given.
  /// - Throws: `GraphError.invalidAttribute`.
  init(_ attributes: inout AttributeReader, kernel standard: [Int]?, pooling: Bool) throws(GraphError) {
    let kernel = try attributes.integers("kernel_shape") ?? standard ?? []
    let strides = try attributes.integers("strides")
    let dilations = try attributes.integers("dilations")
    let pads = try attributes.integers("pads")
    let word = try attributes.string("auto_pad") ?? "NOTSET"
    guard let autoPadding = AutoPadding(rawValue: word) else {
      throw attributes.invalid("auto_pad", "cannot be \(word)")
    }
    let ceilMode = pooling ? try attributes.integer("ceil_mode", default: 0) != 0 : false
    self.init(
      kernel: kernel, strides: strides ?? kernel.map { _ in 1 }, dilations: dilations ?? kernel.map { _ in 1 },
      pads: pads ?? (kernel + kernel).map { _ in 0 }, autoPadding: autoPadding, ceilMode: ceilMode)
  }

  /// The same window with a kernel found from the weights, and lists that were left out filled in.
  func with(kernel found: [Int]) -> SpatialWindow {
    var window = self
    window.kernel = found
    if window.strides.isEmpty { window.strides = found.map { _ in 1 } }
    if window.dilations.isEmpty { window.dilations = found.map { _ in 1 } }
    if window.pads.isEmpty { window.pads = (found + found).map { _ in 0 } }
    return window
  }

  /// The attributes that differ from the defaults, kernel_shape always.
  func attributes(pooling: Bool) -> [String: AttributeValue] {
    var values: [String: AttributeValue] = [:]
    if !kernel.isEmpty { values["kernel_shape"] = .integers(kernel.map(Int64.init)) }
    if strides.contains(where: { $0 != 1 }) { values["strides"] = .integers(strides.map(Int64.init)) }
    if dilations.contains(where: { $0 != 1 }) { values["dilations"] = .integers(dilations.map(Int64.init)) }
    if autoPadding == .explicit {
      if pads.contains(where: { $0 != 0 }) { values["pads"] = .integers(pads.map(Int64.init)) }
    } else {
      values["auto_pad"] = .string(autoPadding.rawValue)
    }
    if pooling, ceilMode { values["ceil_mode"] = .integer(1) }
    return values
  }
}
