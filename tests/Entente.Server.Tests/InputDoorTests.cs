namespace Entente.Server.Tests;

public sealed class InputDoorTests : IAsyncLifetime
{
    private Cast _cast = null!;

    public async ValueTask InitializeAsync() => _cast = await Cast.Assemble();

    public ValueTask DisposeAsync() => _cast.DisposeAsync();

    [Theory]
    [InlineData("/seats", """{"person":"p","seat":"king"}""", "$.seat", "expected one of serviceLevelManager, provider, customer")]
    [InlineData("/charter/approval", """{"edition":"first"}""", "$.edition", "expected a number")]
    [InlineData("/charter/approval", "[]", "$", "expected an object")]
    public async Task A_wrong_type_names_its_path_and_what_was_expected(string route, string body, string path, string expected)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await _cast.Ann.PostAsync(_cast.Path(route), content);
        ((int)response.StatusCode).ShouldBe(400);
        var text = await response.Content.ReadAsStringAsync();
        text.ShouldContain($"\"path\":\"{path}\"");
        text.ShouldContain(expected);
        text.ShouldNotContain("Wish");
    }

    [Fact]
    public async Task A_missing_parameter_is_named()
    {
        using var content = new ByteArrayContent([1]);
        using var response = await _cast.Pia.PostAsync(_cast.Path("/measurements"), content);
        ((int)response.StatusCode).ShouldBe(400);
        (await response.Content.ReadAsStringAsync()).ShouldContain("name");
    }
}
