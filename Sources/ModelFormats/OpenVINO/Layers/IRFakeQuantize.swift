import Graphs
import Tensors

/// Rounding to some levels between two bounds: QuantizeLinear and DequantizeLinear here.
///
/// y = round((x - low) / (high - low) * (levels - 1)) / (levels - 1) * (high' - low') + low', for x cut to low and high.
enum IRFakeQuantize: IRLayerReader, IRNodeWriter {
  static let types = ["FakeQuantize"]

  // MARK: Reading

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    let levels = try layer.integer("levels")
    guard (2...65536).contains(levels) else {
      throw layer.error(.unsupportedFeature, "has \(levels) levels, but 2 to 65536 are supported")
    }
    let shape = try builder.shape(0)
    var axis: Int?
    var bounds: [[Float]] = []
    for place in 1...4 {
      guard let tensor = try builder.constant(place),
        let (found, numbers) = QuantizedConstant.spreadAlongAxis(tensor, over: shape),
        found == nil || axis == nil || found == axis
      else {
        throw layer.error(
          .unsupportedFeature, "its bounds are not constants that vary along one axis, which is not supported")
      }
      axis = found ?? axis
      bounds.append(numbers)
    }
    let count = bounds.map(\.count).max() ?? 1
    let spread = bounds.map { $0.count == count ? $0 : [Float](repeating: $0[0], count: count) }
    let input = try (0..<count).map { index throws(ModelFormatError) in
      try Levels(spread[0][index], spread[1][index], levels, layer)
    }
    let output = try (0..<count).map { index throws(ModelFormatError) in
      try Levels(spread[2][index], spread[3][index], levels, layer)
    }
    if let tensor = try builder.constant(0) {
      return builder.set(.quantized(quantize(tensor, levels, axis, input, output)))
    }
    try read(levels, axis, input, output, layer, &builder)
  }

  /// Where the levels lie.
  private struct Levels {
    let low: Float
    let step: Float

    init(_ low: Float, _ high: Float, _ levels: Int, _ layer: IRLayer) throws(ModelFormatError) {
      let step = (Double(high) - Double(low)) / Double(levels - 1)
      guard low.isFinite, high.isFinite, step > 0, Float(step) > 0, Float(step).isFinite else {
        throw layer.error(
          .unsupportedFeature, "rounds between \(low) and \(high), which is no range",
          remedy: "quantize the model again")
      }
      self.low = low
      self.step = Float(step)
    }

    /// As many levels from zero to the upper bound.
    func fromZero(_ levels: Int) -> Levels {
      let high = Double(low) + Double(step) * Double(levels - 1)
      return low < 0 && high > 0 ? Levels(low: 0, step: Float(high / Double(levels - 1))) : self
    }

    private init(low: Float, step: Float) {
      self.low = low
      self.step = step
    }

    /// The level at which zero lies, which need not be whole.
    var zero: Double { -Double(low) / Double(step) }
  }

  private static func quantize(
    _ tensor: Tensor, _ levels: Int, _ axis: Int?, _ input: [Levels], _ output: [Levels]
  ) -> QuantizedConstant {
    let inner = axis.map { tensor.shape.dimensions[($0 + 1)...].reduce(1, *) } ?? 1
    let places = tensor.doubles.enumerated().map { index, value in
      let range = input[input.count == 1 ? 0 : index / max(inner, 1) % input.count]
      let level = ((value - Double(range.low)) / Double(range.step)).rounded(.toNearestOrEven)
      return level.isNaN ? 0 : min(max(level, 0), Double(levels - 1))
    }
    let zeros = output.map { $0.zero }
    let range = 0...Double(levels - 1)
    let isWhole = zeros.allSatisfy { abs($0 - $0.rounded()) < 1e-3 && range.contains($0.rounded()) }
    let integers = (try? Tensor(shape: tensor.shape, places)) ?? tensor
    return QuantizedConstant(
      integers: integers.converted(to: levels <= 256 ? .uint8 : .uint16), axes: axis.map { $0..<$0 + 1 },
      scales: output.map(\.step),
      zeroPoints: zeros.map { Float(isWhole ? $0.rounded() : $0) })
  }

  private static func read(
    _ levels: Int, _ axis: Int?, _ input: [Levels], _ output: [Levels], _ layer: IRLayer,
    _ builder: inout IRGraphBuilder
  ) throws(ModelFormatError) {
    var value = try builder.input(0)
    var (input, output) = (input, output)
    if axis != nil, zip(input, output).allSatisfy({ $0.low == $1.low && $0.step == $1.step }),
      builder.isNeverNegative(value)
    {
      // Channels that were zero throughout have levels below zero, which nothing reaches; without these, all channels have
      // the same zero point, and rounding is finer.
      input = input.map { $0.fromZero(levels) }
      output = input
    }
    let type: ElementType = levels <= 256 ? .uint8 : .uint16
    let largest = Double(type.integerRange?.upperBound ?? 255)
    func points(_ ranges: [Levels]) throws(ModelFormatError) -> (points: [Int64], isWhole: Bool) {
      let zeros = ranges.map(\.zero)
      guard zeros.allSatisfy({ (-0.5...largest + 0.5).contains($0) }) else {
        throw layer.error(
          .unsupportedFeature, "zero lies outside of what it rounds to, which is not supported",
          remedy: "quantize the model with NNCF, whose ranges hold zero")
      }
      let isWhole = zeros.allSatisfy { abs($0 - $0.rounded()) < 0.01 }
      return (zeros.map { Int64(min(max($0.rounded(), 0), largest)) }, isWhole)
    }
    let (into, out) = (try points(input), try points(output))
    if !into.isWhole || !out.isWhole {
      builder.note("zero is no level of some quantizers (“\(layer.name)”); these are moved by at most half a level")
    }
    if levels != 256, levels != 65536 {
      // What the type could hold beyond the levels is cut off first.
      guard axis == nil else {
        throw layer.error(.unsupportedFeature, "\(levels) levels between bounds of their own are not supported")
      }
      let lower = builder.add(Tensor(scalar: input[0].low), "low")
      let upper = builder.add(Tensor(scalar: input[0].low + input[0].step * Float(levels - 1)), "high")
      value = try builder.apply("Clip", [value, lower, upper], part: "clip")
    }
    func parameters(_ ranges: [Levels], _ zeros: [Int64], _ suffix: String) -> [ValueID] {
      let scales = ranges.map(\.step)
      let scale = axis == nil ? Tensor(scalar: scales[0]) : Tensor(vector: scales)
      let zero = axis == nil ? Tensor(scalar: zeros[0]) : Tensor(vector: zeros)
      return [builder.add(scale, "scale\(suffix)"), builder.add(zero.converted(to: type), "zero_point\(suffix)")]
    }
    let place: [String: AttributeValue] = axis.map { ["axis": .integer(Int64($0))] } ?? [:]
    let same = zip(input, output).allSatisfy { $0.low == $1.low && $0.step == $1.step }
    let first = parameters(input, into.points, "")
    let quantized = try builder.apply("QuantizeLinear", [value] + first, place, part: "quantized")
    let second = same ? first : parameters(output, out.points, "_out")
    builder.set(try builder.apply("DequantizeLinear", [quantized] + second, place))
  }

  // MARK: Writing

  static let operators: [any Operator.Type] = [QuantizeLinear.self, DequantizeLinear.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    let output = try document.outputType(node)
    if node.op is DequantizeLinear {
      let value = try document.value(0, of: node)
      if let result = node.outputs.first ?? nil, try constant(result, in: document) != nil { return }
      if let source = document.producer(of: value), source.op is QuantizeLinear {
        let input = try document.input(0, of: source)
        let into = try Parameters(source, of: output.shape, document)
        let out = try Parameters(node, of: output.shape, document)
        return document.set(node, fakeQuantize(input, node, output, into.bounds, out.bounds, into.levels, &document))
      }
      let parameters = try Parameters(node, of: output.shape, document)
      let floats = IRConvert.convert(
        try document.input(value), to: output.elementType, name: "\(node.name)/convert", in: &document)
      return document.set(node, dequantize(floats, node.name, parameters, &document))
    }
    let value = node.outputs.first ?? nil
    let isRead = value.map { id in
      document.graph.outputs.contains(id) || document.readers(of: id).contains { !($0.op is DequantizeLinear) }
    }
    guard isRead ?? false else { return }
    let parameters = try Parameters(node, of: output.shape, document)
    let levels = parameters.range.map { Tensor(scalar: Float($0)) }
    let floats = fakeQuantize(
      try document.input(0, of: node), node, ValueType(.float32, output.shape), parameters.bounds, levels,
      parameters.levels, &document)
    document.set(node, IRConvert.convert(floats, to: output.elementType, name: "\(node.name)/convert", in: &document))
  }

  private static func fakeQuantize(
    _ input: IRDocument.Port, _ node: Node, _ output: ValueType, _ into: [Tensor], _ out: [Tensor], _ levels: Int,
    _ document: inout IRDocument
  ) -> IRDocument.Port {
    let names = ["input_low", "input_high", "output_low", "output_high"]
    let bounds = zip(names, into + out).map { document.add($1, named: "\(node.name)/\($0)") }
    return document.add(
      "FakeQuantize", name: node.name, [("levels", "\(levels)"), ("auto_broadcast", "numpy")], [input] + bounds,
      gives: output)
  }

  /// Integers that are known and what they stand for.
  struct Constant {
    let integers: Tensor
    let parameters: Parameters
  }

  /// What a DequantizeLinear of constants gives; nil for any other value.
  static func constant(_ id: ValueID, in document: IRDocument) throws(ModelFormatError) -> Constant? {
    guard let node = document.producer(of: id), node.op is DequantizeLinear,
      let integers = document.constant(0, of: node)
    else { return nil }
    return Constant(integers: integers, parameters: try Parameters(node, of: integers.shape, document))
  }

  /// Adds integers with what makes floats of them.
  ///
  /// - Parameter groups: how many groups the first axis is cut into; nil leaves it whole.
  static func add(
    _ constant: Constant, named name: String, groups: Int? = nil, to document: inout IRDocument
  ) throws(ModelFormatError) -> IRDocument.Port {
    var (integers, parameters) = (constant.integers, constant.parameters)
    do {
      if let groups {
        integers = try integers.reshaped(to: try integers.shape.grouped(groups))
        parameters.scale = try parameters.scale.grouped(groups)
        parameters.zeroPoint = try parameters.zeroPoint.map { zero throws(TensorError) in try zero.grouped(groups) }
      }
    } catch { throw ModelFormatError(.cannotExport, "“\(name)”: \(error.message)", context: name) }
    let port = document.add(integers, named: "\(name)/integers")
    let floats = IRConvert.convert(port, to: .float32, name: "\(name)/convert", in: &document)
    return dequantize(floats, name, parameters, &document)
  }

  private static func dequantize(
    _ floats: IRDocument.Port, _ name: String, _ parameters: Parameters, _ document: inout IRDocument
  ) -> IRDocument.Port {
    var port = floats
    let broadcast = [("auto_broadcast", "numpy")]
    if let zero = parameters.zeroPoint {
      let constant = document.add(zero, named: "\(name)/zero_point")
      port = document.add("Subtract", name: "\(name)/subtract", broadcast, [port, constant], gives: port.type)
    }
    let scale = document.add(parameters.scale, named: "\(name)/scale")
    return document.add("Multiply", name: name, broadcast, [port, scale], gives: port.type)
  }

  /// Scale and zero point of a QuantizeLinear or DequantizeLinear, in shapes that spread over its tensor.
  struct Parameters {
    var scale: Tensor
    /// In float32; nil if all are 0.
    var zeroPoint: Tensor?
    /// The least and the largest integer.
    let range: [Int64]

    /// How many integers there are.
    var levels: Int { Int(range[1] - range[0]) + 1 }

    /// The numbers that the least and the largest integer stand for.
    var bounds: [Tensor] {
      let zeros = zeroPoint?.floats ?? scale.floats.map { _ in 0 }
      return range.map { end in
        let numbers = zip(scale.floats, zeros).map { scale, zero in
          Float((Double(end) - Double(zero)) * Double(scale))
        }
        return (try? Tensor(shape: scale.shape, numbers)) ?? scale
      }
    }

    init(_ node: Node, of shape: Shape, _ document: IRDocument) throws(ModelFormatError) {
      let axis = (node.op as? QuantizeLinear)?.axis ?? (node.op as? DequantizeLinear)?.axis ?? 1
      guard let scale = document.constant(1, of: node) else {
        throw document.cannotExport(node, "its scale is computed")
      }
      let hasZero = node.inputs.count > 2 && node.inputs[2] != nil
      let zero = document.constant(2, of: node)
      guard !hasZero || zero != nil else { throw document.cannotExport(node, "its zero point is computed") }
      let places = node.op is QuantizeLinear ? node.outputs : node.inputs
      guard let integers = places.first ?? nil,
        let range = try document.type(of: integers).elementType.integerRange
      else {
        throw document.cannotExport(node, "it does not round to integers")
      }
      self.range = [range.lowerBound, range.upperBound]
      var extents: [Int] = []
      if scale.elementCount > 1 {
        extents = [Int](repeating: 1, count: shape.rank)
        let place = axis < 0 ? axis + shape.rank : axis
        guard extents.indices.contains(place) else { throw document.cannotExport(node, "it has no axis \(axis)") }
        extents[place] = scale.elementCount
      }
      do {
        let spread = try Shape(extents)
        self.scale = try scale.converted(to: .float32).reshaped(to: spread)
        if let zero, let points = zero.integers, points.contains(where: { $0 != 0 }) {
          let all = points.count == scale.elementCount ? points : scale.floats.map { _ in points[0] }
          zeroPoint = try Tensor(shape: spread, all.map { Float($0) })
        }
      } catch { throw document.cannotExport(node, error.message) }
    }
  }
}

extension Shape {
  /// The shape with its first axis cut into groups.
  fileprivate func grouped(_ groups: Int) throws(TensorError) -> Shape {
    guard let first = dimensions.first, groups > 0, first % groups == 0 else {
      throw TensorError(.invalidShape, "\(self) does not fit \(groups) groups")
    }
    return try Shape([groups, first / groups] + dimensions.dropFirst())
  }
}

extension Tensor {
  /// The same with the first axis cut into groups, where it has one.
  fileprivate func grouped(_ groups: Int) throws(TensorError) -> Tensor {
    guard shape.rank > 0 else { return self }
    if shape[0] == 1 { return try reshaped(to: try Shape([1] + shape.dimensions)) }
    return try reshaped(to: try shape.grouped(groups))
  }
}
