using Microsoft.JSInterop;
using Nexus.Web.Shell;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Shell;

/// <summary>What a component asks of its script when it has gone meanwhile.</summary>
public sealed class PageScriptTests
{
    [Fact]
    public async Task Component_that_goes_while_a_call_is_on_its_way_gets_no_answer_and_asks_no_more()
    {
        var browser = new Browser();
        var script = PageScript.At(browser, "/js/any.js");
        browser.At("hold", async () => await script.EndAsync("close"));

        (await script.DoAsync("hold")).ShouldBeFalse();
        (await script.AskAsync<int?>("recent")).ShouldBeNull();

        browser.Called.ShouldBe(["import", "hold", "close"]);
        browser.Disposed.ShouldBe(1);
    }

    [Fact]
    public async Task Component_that_goes_while_its_script_loads_calls_nothing_of_it()
    {
        var browser = new Browser();
        var script = PageScript.At(browser, "/js/any.js");
        var loaded = new TaskCompletionSource();
        browser.At("import", () => loaded.Task);

        var part = script.Part("create");
        var calls = Task.WhenAll(script.DoAsync("open"), part.DoAsync("show"));
        var ends = Task.WhenAll(part.EndAsync("dispose").AsTask(), script.EndAsync().AsTask());
        loaded.SetResult();
        await ends;

        (await calls).ShouldAllBe(done => !done);
        browser.Called.ShouldBe(["import"]);
        browser.Disposed.ShouldBe(1);
    }

    [Fact]
    public async Task Call_that_fails_in_the_browser_fails_while_the_component_is_there_and_is_nothing_afterwards()
    {
        var browser = new Browser();
        var script = PageScript.At(browser, "/js/any.js");
        browser.At("open", () => throw new JSException("no such element"));
        browser.At("mark", async () =>
        {
            await script.EndAsync();
            throw new JSException("no such element");
        });

        await Should.ThrowAsync<JSException>(() => script.DoAsync("open"));
        (await script.DoAsync("mark")).ShouldBeFalse();
    }

    [Fact]
    public async Task Part_is_made_once_for_calls_that_come_together()
    {
        var browser = new Browser();
        var part = PageScript.At(browser, "/js/any.js").Part("create", 1);

        await Task.WhenAll(part.DoAsync("show"), part.DoAsync("show"));

        browser.Called.ShouldBe(["import", "create", "show", "show"]);
    }

    /// <summary>Answers nothing to everything, and does what a call is said to do.</summary>
    private sealed class Browser : IJSRuntime, IJSObjectReference
    {
        private readonly Dictionary<string, Func<Task>> _does = [];
        private bool _gone;

        public List<string> Called { get; } = [];

        public int Disposed { get; private set; }

        public void At(string function, Func<Task> does) => _does[function] = does;

        public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args)
        {
            ObjectDisposedException.ThrowIf(_gone, this);
            Called.Add(identifier);
            if (_does.TryGetValue(identifier, out var does)) await does();
            return typeof(TValue) == typeof(IJSObjectReference) ? (TValue)(object)this : default!;
        }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);

        public ValueTask DisposeAsync()
        {
            (_gone, Disposed) = (true, Disposed + 1);
            return ValueTask.CompletedTask;
        }
    }
}
