using System.Net;
using Entente.Server.Access;
using Entente.Server.Agreements;
using Entente.Server.Assets;
using Entente.Server.Bargain;
using Entente.Server.Documentation;
using Entente.Server.Engagements;
using Entente.Server.Identity;
using Entente.Server.Layout;
using Entente.Server.Live;
using Entente.Server.Mail;
using Entente.Server.Negotiation;
using Entente.Server.Monitoring;
using Entente.Server.Review;
using Entente.Server.Time;
using Entente.Storage;
using Entente.Storage.Engagements;
using Entente.Storage.Identity;
using Entente.Storage.Ledger;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using NodaTime;

namespace Entente.Server;

/// <summary>The front door: its table of contents.</summary>
public static class FrontDoor
{
    private const long BodyBytesMost = 64 * 1024 * 1024;

    /// <summary>Builds the server over a database whose migrations have run.</summary>
    /// <param name="urls">Addresses to listen on; localhost unless told otherwise.</param>
    /// <param name="mail">How mails leave the house; a server that is opened for a moment asks and reminds nobody by itself.</param>
    /// <param name="hours">The hours that hold where nobody chose others.</param>
    public static WebApplication Build(
        Database database, string urls, IClock? clock = null, MailOptions? mail = null, HouseHours? hours = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "entente" });
        builder.WebHost.UseKestrelCore().UseUrls(urls).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyBytesMost;
        });
        if (urls.Contains("https:", StringComparison.OrdinalIgnoreCase)) builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Diagnostics", LogLevel.None)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        AddRooms(builder.Services, database, clock ?? NodaTime.SystemClock.Instance);
        builder.Services.AddSingleton(hours ?? HouseHours.Default);
        builder.Services.AddMail(mail);
        // What a program says of itself is no answer: standard output belongs to the answers of verbs.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);

        var app = builder.Build();
        app.Use(TypedForms.Keep);
        app.UseExceptionHandler(failed => failed.Run(Problems.Caught));
        app.Use(Head);
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<Origins>();
        app.UseMiddleware<AccessGate>();
        MapRoutes(app);
        return app;
    }

    /// <summary>Runs migrations, and builds.</summary>
    public static async Task<WebApplication> Open(
        Database database, string urls, IClock? clock = null, MailOptions? mail = null, HouseHours? hours = null)
    {
        await Migrations.Run(database);
        return Build(database, urls, clock, mail, hours);
    }

    private static void AddRooms(IServiceCollection rooms, Database database, IClock clock)
    {
        rooms.AddSingleton(database).AddSingleton(clock);
        rooms.AddRoutingCore().AddHttpContextAccessor();
        rooms.AddScoped(all =>
            all.GetRequiredService<IHttpContextAccessor>().HttpContext!.Features.Get<Viewer>()!); // Set by the gate.
        rooms.AddRazorComponents();
        // What a route is not given is bad input like any other, and is answered by the one table.
        rooms.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        rooms.ConfigureHttpJsonOptions(options =>
        {
            Json.Configure(options.SerializerOptions);
            var resolvers = options.SerializerOptions.TypeInfoResolverChain;
            resolvers[0] = new PlainContracts(resolvers[0]);
        });
        rooms.AddOpenApi("v1", OpenApiWords.Configure);

        rooms.AddSingleton<LedgerPulse>().AddSingleton<FactLedger>().AddSingleton<States>().AddSingleton<StreamsOfEngagement>().AddSingleton<FeedPlaces>();
        rooms.AddSingleton<PeopleStore>().AddSingleton<SettingStore>();
        rooms.AddSingleton<EngagementStore>().AddSingleton<IListKeeper>(all => all.GetRequiredService<EngagementStore>());
        rooms.AddScoped<Recorder>().AddScoped<PeopleDesk>().AddScoped<EngagementDesk>();
        rooms.AddDocumentation();
        rooms.AddNegotiation();
        rooms.AddAgreements();
        rooms.AddMonitoring();
        rooms.AddReview();
        rooms.AddTime();

        rooms.AddSingleton<LocalKeys>();
        rooms.AddDataProtection().SetApplicationName("entente");
        rooms.AddOptions<KeyManagementOptions>().Configure<SettingStore>((keys, settings) => keys.XmlRepository = new KeyRing(settings));
        rooms.AddIdentityCore<Person>(identity =>
        {
            identity.Password = new PasswordOptions
            {
                RequiredLength = 10,
                RequireDigit = false,
                RequireLowercase = false,
                RequireNonAlphanumeric = false,
                RequireUppercase = false,
            };
            identity.Lockout = new LockoutOptions { MaxFailedAccessAttempts = 5, DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15) };
        }).AddUserStore<PersonStore>();
        rooms.AddAuthentication("entente")
            .AddPolicyScheme("entente", displayName: null, options => options.ForwardDefaultSelector = http =>
                http.Request.Headers.Authorization.Count > 0 ? TokenSignIn.SchemeName : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, TokenSignIn>(TokenSignIn.SchemeName, configureOptions: null)
            .AddCookie(cookie =>
            {
                cookie.Cookie.Name = "entente";
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.ExpireTimeSpan = TimeSpan.FromDays(14);
                cookie.Events.OnValidatePrincipal = Cookies.Validate;
            });
    }

    private static void MapRoutes(WebApplication app)
    {
        app.MapAssets().AllowsAnyone();
        app.MapOpenApi("/api/openapi.json").AllowsAnyone();
        ApiPage.Map(app);
        SignInPage.Map(app);
        JoinPage.Map(app);
        AccountPage.Map(app);
        EngagementsPage.Map(app);
        HomePage.Map(app);
        SeatsPage.Map(app);
        app.MapIdentityApi();
        app.MapMail();
        app.MapEngagementApi();
        app.MapLiveApi();
        app.MapDocumentation();
        app.MapNegotiation();
        app.MapAgreements();
        app.MapMonitoring();
        app.MapReview();
        app.MapTime();
        app.MapBargain();
    }

    /// <summary>Answers that hold for every page: nothing may frame, sniff or script it, and bodies with a key can be read twice.</summary>
    private static Task Head(HttpContext http, RequestDelegate next)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "same-origin";
        http.Response.Headers.ContentSecurityPolicy =
            "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'";
        if (http.Request.Headers.ContainsKey("Idempotency-Key")) http.Request.EnableBuffering();
        return next(http);
    }
}
