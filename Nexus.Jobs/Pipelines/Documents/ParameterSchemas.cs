using System.Collections.Concurrent;
using System.Text.Json;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>Holds a step's <c>with</c> to its component's JSON Schema, and says what is wrong in words and at its place.</summary>
internal sealed class ParameterSchemas
{
    private const int MaxSound = 5000;
    private readonly ConcurrentDictionary<string, JsonSchema> _schemas = new();

    // What was found sound before: while one step is written, the others need no second look.
    private readonly ConcurrentDictionary<string, bool> _sound = new();

    public async Task CheckAsync(StepDraft step, List<PipelineProblem> problems, CancellationToken ct)
    {
        var component = step.Component!;
        if (!_schemas.TryGetValue(component.Name, out var schema))
        {
            schema = await JsonSchema.FromJsonAsync(component.Schema, ct);
            _schemas.TryAdd(component.Name, schema);
        }

        var with = step.With ?? new DocumentNode(NodeKind.Map, step.NamePlace);
        var json = with.ToJson()!.AsObject();
        var text = json.ToJsonString();
        var key = $"{component.Name} {text}";
        if (_sound.ContainsKey(key)) return;
        var before = problems.Count;
        var errors = schema.Validate(text).SelectMany(Leaves).ToList();
        foreach (var error in errors) problems.Add(Problem(with, error));
        if (errors.Count > 0) return;
        foreach (var (path, message) in component.Check(json))
        {
            problems.Add(PipelineProblem.At(with.Find(path, key: true), with.Nearest(path), message));
        }

        if (problems.Count > before || key.Length > 10_000) return;
        if (_sound.Count >= MaxSound) _sound.Clear();
        _sound[key] = true;
    }

    // Composite errors are opened up to what a person can mend.
    private static IEnumerable<ValidationError> Leaves(ValidationError error) => error switch
    {
        MultiTypeValidationError => [error],
        ChildSchemaValidationError { Kind: ValidationErrorKind.NotAnyOf or ValidationErrorKind.NotOneOf } child => Nearest(child),
        ChildSchemaValidationError child => child.Errors.Values.SelectMany(e => e).SelectMany(Leaves),
        _ => [error],
    };

    // Of several forms the one that was meant is the one whose mistakes lie deepest.
    private static List<ValidationError> Nearest(ChildSchemaValidationError child)
    {
        var forms = child.Errors.Values.Select(form => form.SelectMany(Leaves).ToList()).Where(form => form.Count > 0).ToList();
        var best = forms.Where(form => form.All(e => Depth(e) > Depth(child))).MinBy(form => form.Count);
        return best ?? (forms.Count == 1 ? forms[0] : [child]);
    }

    private static int Depth(ValidationError error) => error.Path?.Length ?? 0;

    private static PipelineProblem Problem(DocumentNode with, ValidationError error)
    {
        var path = error.Path ?? "";
        var unknown = error.Kind == ValidationErrorKind.NoAdditionalPropertiesAllowed;
        var known = error.Schema?.ActualProperties.Keys.ToList() ?? [];
        string? suggestion = null;
        if (unknown) suggestion = Suggestion.For(error.Property ?? "", known);
        if (error.Kind == ValidationErrorKind.NotInEnumeration)
            suggestion = Suggestion.For(ValueAt(with, path) ?? "", error.Schema!.Enumeration.Select(e => e?.ToString() ?? ""));
        return PipelineProblem.At(with.Find(path, key: unknown), with.Nearest(path), Words(error, with, known), suggestion);
    }

    private static string Words(ValidationError error, DocumentNode with, List<string> known)
    {
        var name = Name(error);
        var schema = error.Schema;
        return error.Kind switch
        {
            ValidationErrorKind.NoAdditionalPropertiesAllowed => $"'{error.Property}' is not known here; there are {string.Join(", ", known)}.",
            ValidationErrorKind.PropertyRequired => $"'{error.Property}' is missing.",
            ValidationErrorKind.NotInEnumeration => $"{name} is one of {string.Join(", ", schema!.Enumeration.Select(e => JsonSerializer.Serialize(e?.ToString())))}.",
            ValidationErrorKind.StringExpected => $"{name} is a text{ButIs(error, with)}.",
            ValidationErrorKind.NumberExpected => $"{name} is a number{ButIs(error, with)}.",
            ValidationErrorKind.IntegerExpected => $"{name} is an integer{ButIs(error, with)}.",
            ValidationErrorKind.BooleanExpected => $"{name} is true or false{ButIs(error, with)}.",
            ValidationErrorKind.ArrayExpected => $"{name} is a list{ButIs(error, with)}.",
            ValidationErrorKind.ObjectExpected => $"{name} is a mapping{ButIs(error, with)}.",
            ValidationErrorKind.NumberTooSmall => $"{name} is at least {schema!.Minimum ?? schema.ExclusiveMinimum}{(schema.IsExclusiveMinimum || schema.ExclusiveMinimum is not null ? ", exclusive" : "")}.",
            ValidationErrorKind.NumberTooBig => $"{name} is at most {schema!.Maximum ?? schema.ExclusiveMaximum}{(schema.IsExclusiveMaximum || schema.ExclusiveMaximum is not null ? ", exclusive" : "")}.",
            ValidationErrorKind.PatternMismatch => $"{name} does not have the form {schema!.Pattern}.",
            ValidationErrorKind.TooFewItems => $"{name} has at least {schema!.MinItems} items.",
            ValidationErrorKind.TooManyItems => $"{name} has at most {schema!.MaxItems} items.",
            ValidationErrorKind.ItemsNotUnique => $"{name} has an item twice.",
            ValidationErrorKind.StringTooShort => $"{name} is empty or too short: at least {schema!.MinLength} characters.",
            ValidationErrorKind.StringTooLong => $"{name} has at most {schema!.MaxLength} characters.",
            ValidationErrorKind.TooFewProperties => $"{name} has at least {schema!.MinProperties} keys.",
            _ => $"{name} does not fit: {schema?.Description ?? error.Kind.ToString()}",
        };
    }

    private static string Name(ValidationError error) => string.IsNullOrEmpty(error.Property) ? "This" : $"'{error.Property}'";

    private static string ButIs(ValidationError error, DocumentNode with) =>
        with.Follow(error.Path ?? "") is { } node ? $", not {node.KindName}" : "";

    private static string? ValueAt(DocumentNode with, string path) => with.Follow(path)?.Scalar?.ToString();
}
