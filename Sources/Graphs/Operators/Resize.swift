public import Tensors

/// A tensor resampled along its axes: ONNX `Resize` of opset 11 and later.
///
/// Inputs: X, a region of interest that is not read, and either scales (one factor an axis) or sizes (one extent an
/// axis), which must be constant. Nearest takes any element type, linear and cubic floating point.
public struct Resize: Operator {
  public static let name = "Resize"

  /// What an element of the result is made of.
  public enum Mode: String, Sendable { case nearest, linear, cubic }

  /// Which position in the input belongs to a position in the result.
  public enum CoordinateMode: String, Sendable {
    case halfPixel = "half_pixel"
    case halfPixelSymmetric = "half_pixel_symmetric"
    case pytorchHalfPixel = "pytorch_half_pixel"
    case alignCorners = "align_corners"
    case asymmetric
  }

  /// Which element is the nearest to a position between two.
  public enum NearestMode: String, Sendable {
    case roundPreferFloor = "round_prefer_floor"
    case roundPreferCeil = "round_prefer_ceil"
    case floor, ceil
  }

  /// What becomes of sizes that would change the ratio of the extents.
  public enum AspectPolicy: String, Sendable {
    case stretch
    case notLarger = "not_larger"
    case notSmaller = "not_smaller"
  }

  public var mode: Mode
  public var coordinates: CoordinateMode
  public var nearest: NearestMode
  /// The free coefficient of the cubic kernel.
  public var cubicCoefficient: Float
  /// Whether positions outside of the input have no weight, instead of that of its edge.
  public var excludesOutside: Bool
  /// Whether the kernel is stretched where the result is smaller, so that every element counts.
  public var antialiases: Bool
  /// The axes that scales or sizes are given for; nil means all.
  public var axes: [Int]?
  public var aspect: AspectPolicy

  public init(
    mode: Mode = .nearest, coordinates: CoordinateMode = .halfPixel, nearest: NearestMode = .roundPreferFloor,
    cubicCoefficient: Float = -0.75, excludesOutside: Bool = false, antialiases: Bool = false, axes: [Int]? = nil,
    aspect: AspectPolicy = .stretch
  ) {
    self.mode = mode
    self.coordinates = coordinates
    self.nearest = nearest
    self.cubicCoefficient = cubicCoefficient
    self.excludesOutside = excludesOutside
    self.antialiases = antialiases
    self.axes = axes
    self.aspect = aspect
  }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    guard attributes.opset >= 11 else {
      throw GraphError(.unsupportedOperator, "Resize of opset \(attributes.opset) is not supported")
    }
    func choice<Choice: RawRepresentable<String>>(
      _ name: String, default standard: Choice, _ attributes: inout AttributeReader
    ) throws(GraphError) -> Choice {
      guard let word = try attributes.string(name) else { return standard }
      guard let choice = Choice(rawValue: word) else { throw attributes.invalid(name, "cannot be \(word)") }
      return choice
    }
    mode = try choice("mode", default: .nearest, &attributes)
    coordinates = try choice("coordinate_transformation_mode", default: .halfPixel, &attributes)
    nearest = try choice("nearest_mode", default: .roundPreferFloor, &attributes)
    cubicCoefficient = try attributes.float("cubic_coeff_a", default: -0.75)
    excludesOutside = try attributes.integer("exclude_outside", default: 0) != 0
    antialiases = try attributes.integer("antialias", default: 0) != 0
    axes = try attributes.integers("axes")
    aspect = try choice("keep_aspect_ratio_policy", default: .stretch, &attributes)
    // What lies outside of a region of interest; there is none in the coordinate modes above.
    attributes.ignore("extrapolation_value")
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] {
    var values: [String: AttributeValue] = ["mode": .string(mode.rawValue)]
    if coordinates != .halfPixel { values["coordinate_transformation_mode"] = .string(coordinates.rawValue) }
    if nearest != .roundPreferFloor { values["nearest_mode"] = .string(nearest.rawValue) }
    if cubicCoefficient != -0.75 { values["cubic_coeff_a"] = .float(cubicCoefficient) }
    if excludesOutside { values["exclude_outside"] = .integer(1) }
    if antialiases { values["antialias"] = .integer(1) }
    if let axes { values["axes"] = .integers(axes.map(Int64.init)) }
    if aspect != .stretch { values["keep_aspect_ratio_policy"] = .string(aspect.rawValue) }
    return values
  }

  /// How each axis is resampled.
  ///
  /// - Throws: `GraphError.invalidInput` if neither scales nor sizes fit the input, `dynamicShape` if they are not known.
  public func resampling(_ inputs: [Operand?]) throws(GraphError) -> [ResampledAxis] {
    let shape = try inputs.required(0, "input").type.shape
    let chosen = try Shape.axes(axes ?? Array(0..<shape.rank), rank: shape.rank)
    func given(_ slot: Int, _ what: String) throws(GraphError) -> Tensor? {
      guard let operand = inputs.optional(slot), operand.type.shape.dimensions != [0] else { return nil }
      guard let tensor = operand.constant else {
        throw GraphError(.dynamicShape, "the \(what) must be known before the graph runs")
      }
      guard tensor.shape.rank == 1, tensor.elementCount == chosen.count else {
        throw GraphError(.invalidInput, "the \(what) must be \(chosen.count) numbers, not \(tensor.shape)")
      }
      return tensor
    }
    let scales = try given(2, "scales")
    let sizes = try given(3, "sizes")
    var result = shape.dimensions.map { ResampledAxis(input: $0, output: $0, scale: 1) }
    switch (scales?.doubles, try sizes.map { tensor throws(GraphError) in try integerList(tensor, "sizes") }) {
    case (let scales?, nil):
      for (axis, scale) in zip(chosen, scales) {
        // The product is one of float32, as runtimes compute it: 10 and 0.7 give 7.
        let extent = scale == 1 ? Double(shape[axis]) : Double((Float(shape[axis]) * Float(scale)).rounded(.down))
        guard scale > 0, scale.isFinite, extent < 0x1p40 else {
          throw GraphError(.invalidInput, "the scale \(scale) of axis \(axis) must be positive, and its result smaller")
        }
        result[axis] = ResampledAxis(input: shape[axis], output: Int(extent), scale: scale)
      }
    case (nil, let sizes?):
      guard zip(chosen, sizes).allSatisfy({ shape[$0] > 0 && (1..<(1 << 40)).contains($1) }) else {
        throw GraphError(.invalidInput, "sizes must be positive, and no axis that is resized empty")
      }
      let ratios = zip(chosen, sizes).map { Double($1) / Double(shape[$0]) }
      let common: Double? =
        switch aspect {
        case .stretch: nil
        case .notLarger: ratios.min()
        case .notSmaller: ratios.max()
        }
      for (index, axis) in chosen.enumerated() {
        let extent = common.map { ($0 * Double(shape[axis]) + 0.5).rounded(.down) } ?? Double(sizes[index])
        guard extent < 0x1p40 else { throw GraphError(.invalidInput, "the sizes make axis \(axis) too large") }
        result[axis] = ResampledAxis(input: shape[axis], output: Int(extent), scale: common ?? ratios[index])
      }
    default: throw GraphError(.invalidInput, "needs either scales or sizes")
    }
    return result
  }

  /// The elements of the input along an axis that each position of the result is made of, with their weights.
  public func taps(_ axis: ResampledAxis) -> [[(index: Int, weight: Double)]] {
    guard axis.input > 0, axis.output > 0 else { return [] }
    let reach = mode == .cubic ? 2.0 : 1.0
    let shrink = antialiases ? min(axis.scale, 1) : 1
    let first = Int((-reach / shrink).rounded(.down)) + 1
    return (0..<axis.output).map { position in
      let x = coordinate(position, axis)
      func inside(_ index: Int) -> Int { min(max(index, 0), axis.input - 1) }
      guard mode != .nearest else { return [(inside(rounded(x)), 1)] }
      let base = x.rounded(.up) - 1
      var taps = (first...1 - first).map { offset in
        (index: Int(base) + offset, weight: kernel(shrink * (Double(offset) - (x - base))))
      }
      if excludesOutside {
        for tap in taps.indices where taps[tap].index != inside(taps[tap].index) { taps[tap].weight = 0 }
      }
      let sum = excludesOutside || antialiases ? taps.reduce(0) { $0 + $1.weight } : 1
      return taps.map { (inside($0.index), $0.weight / sum) }
    }
  }

  private func coordinate(_ position: Int, _ axis: ResampledAxis) -> Double {
    let (x, extent) = (Double(position), axis.scale * Double(axis.input))
    switch coordinates {
    case .halfPixel: return (x + 0.5) / axis.scale - 0.5
    case .halfPixelSymmetric:
      return Double(axis.input) / 2 * (1 - Double(axis.output) / extent) + (x + 0.5) / axis.scale - 0.5
    case .pytorchHalfPixel: return axis.output > 1 ? (x + 0.5) / axis.scale - 0.5 : 0
    case .alignCorners: return extent == 1 ? 0 : x * Double(axis.input - 1) / (extent - 1)
    case .asymmetric: return x / axis.scale
    }
  }

  private func rounded(_ x: Double) -> Int {
    switch nearest {
    case .roundPreferFloor: Int((x - 0.5).rounded(.up))
    case .roundPreferCeil: Int((x + 0.5).rounded(.down))
    case .floor: Int(x.rounded(.down))
    case .ceil: Int(x.rounded(.up))
    }
  }

  private func kernel(_ distance: Double) -> Double {
    let (d, a) = (abs(distance), Double(cubicCoefficient))
    guard mode == .cubic else { return max(1 - d, 0) }
    if d <= 1 { return ((a + 2) * d - (a + 3)) * d * d + 1 }
    return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0
  }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(1...4)
    try requireOutputs(outputCount)
    let type = try inputs.required(0, "input").type
    if mode != .nearest { try type.requireFloatingPoint() }
    return [ValueType(type.elementType, try Shape(inferred: try resampling(inputs).map(\.output)))]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let type = try outputType(inputs)
    let x = try inputs.required(0)
    let axes = try resampling(inputs.map { $0.map { Operand($0) } })
    guard type.shape.elementCount > 0 else { return [try Tensor(computed: type, doubles: [])] }
    if mode == .nearest {
      let strides = x.shape.rowMajorStrides
      let indices = axes.map { taps($0).map { $0.first?.index ?? 0 } }
      return [try x.selecting(shape: type.shape) { axis, position in indices[axis][position] * strides[axis] }]
    }
    var values = x.doubles
    var extents = x.shape.dimensions
    // Axes that shrink come first, so that nothing between is larger than both the input and the result.
    let order = axes.indices.sorted { axes[$0].growth < axes[$1].growth }
    for index in order where axes[index].input != axes[index].output || axes[index].scale != 1 {
      let inner = extents[(index + 1)...].reduce(1, *)
      values = resampled(values, taps(axes[index]), extent: axes[index].input, inner: inner)
      extents[index] = axes[index].output
    }
    return [try Tensor(computed: type, doubles: values)]
  }

  /// Rows of `inner` elements, `extent` of them side by side, mixed along their axis.
  private func resampled(
    _ values: [Double], _ taps: [[(index: Int, weight: Double)]], extent: Int, inner: Int
  ) -> [Double] {
    let block = extent * inner
    guard block > 0 else { return [] }
    var result: [Double] = []
    result.reserveCapacity(values.count / block * taps.count * inner)
    for start in stride(from: 0, to: values.count, by: block) {
      for position in taps {
        for element in 0..<inner {
          result.append(position.reduce(0) { $0 + $1.weight * values[start + $1.index * inner + element] })
        }
      }
    }
    return result
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? {
    guard mode != .nearest else { return 0 }
    guard let before = inputs.first??.shape, let after = outputs.first?.shape, before.rank == after.rank else {
      return nil
    }
    let resized = before.dimensions.indices.filter { before[$0] != after[$0] }.count
    let taps = (0..<resized).reduce(1) { product, _ in product * (mode == .linear ? 2 : 4) }
    return checkedProduct(after.elementCount, 2, taps)
  }
}

/// How an axis is resampled.
public struct ResampledAxis: Sendable, Hashable {
  /// The extent before.
  public let input: Int
  /// The extent after.
  public let output: Int
  /// The factor between positions, which need not be the ratio of the extents; positive.
  public let scale: Double

  /// How many times as long the axis becomes.
  var growth: Double { Double(output) / Double(max(input, 1)) }
}
